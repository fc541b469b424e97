-- Models as runs log them, before anybody registers them. A model's key comes from the same sequence as those of runs, so that tracking_artifacts names the files of both.
CREATE TABLE tracking_models (
    model_key BIGINT NOT NULL PRIMARY KEY,
    model_id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    experiment_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    model_type TEXT NOT NULL,
    source_run_id TEXT NOT NULL,
    status BIGINT NOT NULL,
    artifact_uri TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    updated_ms BIGINT NOT NULL,
    deleted BIGINT NOT NULL
);
CREATE UNIQUE INDEX tracking_models_id ON tracking_models (model_id);
CREATE INDEX tracking_models_newest ON tracking_models (experiment_id, deleted, created_ms DESC, model_id);
CREATE INDEX tracking_models_source ON tracking_models (source_run_id) WHERE source_run_id <> '';

CREATE TABLE tracking_model_tags (
    model_key BIGINT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (model_key, name)
);

CREATE TABLE tracking_model_params (
    model_key BIGINT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (model_key, name)
);

-- What runs measured of a model: the shown value per metric, run and dataset, the greatest by (step, time_ms, value), where NaN counts as 0. The whole series is the run's.
CREATE TABLE tracking_model_metrics (
    model_key BIGINT NOT NULL,
    key_id BIGINT NOT NULL,
    run_id TEXT NOT NULL,
    dataset_name TEXT NOT NULL,
    dataset_digest TEXT NOT NULL,
    is_nan BIGINT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    step BIGINT NOT NULL,
    time_ms BIGINT NOT NULL,
    PRIMARY KEY (model_key, key_id, run_id, dataset_name, dataset_digest)
);
