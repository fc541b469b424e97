-- Blocks of integer surrogates, handed out to processes: compact keys without asking the database per row.
CREATE TABLE tracking_numbers (
    name TEXT NOT NULL PRIMARY KEY,
    next BIGINT NOT NULL
);

CREATE TABLE tracking_experiments (
    experiment_id BIGINT NOT NULL PRIMARY KEY,
    workspace TEXT NOT NULL,
    name TEXT NOT NULL,
    artifact_location TEXT NOT NULL,
    deleted BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    updated_ms BIGINT NOT NULL
);
-- Names stay taken after a soft delete.
CREATE UNIQUE INDEX tracking_experiments_name ON tracking_experiments (workspace, name);
CREATE INDEX tracking_experiments_newest ON tracking_experiments (workspace, created_ms DESC, experiment_id);

CREATE TABLE tracking_experiment_tags (
    experiment_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (experiment_id, name)
);

CREATE TABLE tracking_runs (
    run_key BIGINT NOT NULL PRIMARY KEY,
    run_id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    experiment_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    user_id TEXT NOT NULL,
    status BIGINT NOT NULL,
    start_ms BIGINT NOT NULL,
    end_ms BIGINT,
    deleted BIGINT NOT NULL,
    artifact_uri TEXT NOT NULL
);
CREATE UNIQUE INDEX tracking_runs_id ON tracking_runs (run_id);
CREATE INDEX tracking_runs_newest ON tracking_runs (experiment_id, deleted, start_ms DESC, run_id);
CREATE INDEX tracking_runs_name ON tracking_runs (experiment_id, deleted, substr(name, 1, 100));

-- Values are long; a PostgreSQL index row is not, so the indexes hold the first 100 characters.
CREATE TABLE tracking_params (
    run_key BIGINT NOT NULL,
    name TEXT NOT NULL,
    experiment_id BIGINT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run_key, name)
);
CREATE INDEX tracking_params_value ON tracking_params (experiment_id, name, substr(value, 1, 100), run_key);

CREATE TABLE tracking_tags (
    run_key BIGINT NOT NULL,
    name TEXT NOT NULL,
    experiment_id BIGINT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run_key, name)
);
CREATE INDEX tracking_tags_value ON tracking_tags (experiment_id, name, substr(value, 1, 100), run_key);

CREATE TABLE tracking_metric_keys (
    key_id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);
CREATE UNIQUE INDEX tracking_metric_keys_name ON tracking_metric_keys (name);

-- The shown value of a metric: the greatest by (step, time_ms, value), where NaN counts as 0.
CREATE TABLE tracking_metric_latest (
    run_key BIGINT NOT NULL,
    key_id BIGINT NOT NULL,
    experiment_id BIGINT NOT NULL,
    is_nan BIGINT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    step BIGINT NOT NULL,
    time_ms BIGINT NOT NULL,
    PRIMARY KEY (run_key, key_id)
);
CREATE INDEX tracking_metric_latest_value ON tracking_metric_latest (experiment_id, key_id, is_nan, value, run_key);

-- The newest points: what one request logged to one run, all keys together, waiting to be folded.
CREATE TABLE tracking_metric_tails (
    run_key BIGINT NOT NULL,
    tail_id BIGINT NOT NULL,
    points BYTES NOT NULL,
    PRIMARY KEY (run_key, tail_id)
);

-- Folded points of one series: sorted, without duplicates, delta-encoded (Metrics/PointCodec.cs).
CREATE TABLE tracking_metric_blocks (
    run_key BIGINT NOT NULL,
    key_id BIGINT NOT NULL,
    block_id BIGINT NOT NULL,
    first_ms BIGINT NOT NULL,
    last_ms BIGINT NOT NULL,
    point_count BIGINT NOT NULL,
    points BYTES NOT NULL,
    PRIMARY KEY (run_key, key_id, block_id)
);

-- Names of artifacts: a path is data here, the bytes are a blob by digest.
CREATE TABLE tracking_artifacts (
    run_key BIGINT NOT NULL,
    path TEXT NOT NULL,
    digest TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    stored_ms BIGINT NOT NULL,
    PRIMARY KEY (run_key, path)
);
