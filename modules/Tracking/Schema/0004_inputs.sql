-- Datasets that runs used, as their clients name them; one row per experiment, name and digest, whatever the number of runs.
CREATE TABLE tracking_datasets (
    dataset_key BIGINT NOT NULL PRIMARY KEY,
    experiment_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    source_type TEXT NOT NULL,
    source TEXT NOT NULL,
    schema TEXT,
    profile TEXT
);
CREATE UNIQUE INDEX tracking_datasets_name ON tracking_datasets (experiment_id, name, digest);
CREATE INDEX tracking_datasets_digest ON tracking_datasets (experiment_id, digest);

-- Which run used which dataset, and as what (the tag mlflow.data.context; null = not said).
CREATE TABLE tracking_run_datasets (
    run_key BIGINT NOT NULL,
    dataset_key BIGINT NOT NULL,
    place BIGINT NOT NULL,
    context TEXT,
    PRIMARY KEY (run_key, dataset_key)
);
CREATE INDEX tracking_run_datasets_use ON tracking_run_datasets (dataset_key, context, run_key);

CREATE TABLE tracking_run_dataset_tags (
    run_key BIGINT NOT NULL,
    dataset_key BIGINT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run_key, dataset_key, name)
);

-- Logged models that a run used (output = 0) or made (output = 1), as its client names them: they need not be of this server.
CREATE TABLE tracking_run_models (
    run_key BIGINT NOT NULL,
    output BIGINT NOT NULL,
    model_id TEXT NOT NULL,
    place BIGINT NOT NULL,
    step BIGINT NOT NULL,
    PRIMARY KEY (run_key, output, model_id)
);
CREATE INDEX tracking_run_models_model ON tracking_run_models (model_id, output, run_key);
