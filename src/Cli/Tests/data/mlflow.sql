-- A database as an MLflow 3 server keeps it, as small as shows everything; both SQLite and PostgreSQL read it.
CREATE TABLE experiments (experiment_id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(256) NOT NULL, artifact_location VARCHAR(256), lifecycle_stage VARCHAR(32), creation_time BIGINT, last_update_time BIGINT);
CREATE TABLE experiment_tags (key VARCHAR(250) NOT NULL, value VARCHAR(5000), experiment_id INTEGER NOT NULL);
CREATE TABLE runs (run_uuid VARCHAR(32) NOT NULL PRIMARY KEY, name VARCHAR(250), source_type VARCHAR(20), source_name VARCHAR(500), entry_point_name VARCHAR(50), user_id VARCHAR(256), status VARCHAR(9),
    start_time BIGINT, end_time BIGINT, deleted_time BIGINT, source_version VARCHAR(50), lifecycle_stage VARCHAR(20), artifact_uri VARCHAR(200), experiment_id INTEGER);
CREATE TABLE metrics (key VARCHAR(250) NOT NULL, value FLOAT NOT NULL, timestamp BIGINT NOT NULL, run_uuid VARCHAR(32) NOT NULL, step BIGINT NOT NULL, is_nan BOOLEAN NOT NULL);
CREATE TABLE params (key VARCHAR(250) NOT NULL, value VARCHAR(8000) NOT NULL, run_uuid VARCHAR(32) NOT NULL);
CREATE TABLE tags (key VARCHAR(250) NOT NULL, value VARCHAR(8000), run_uuid VARCHAR(32) NOT NULL);
CREATE TABLE registered_models (name VARCHAR(256) NOT NULL PRIMARY KEY, creation_time BIGINT, last_updated_time BIGINT, description VARCHAR(5000));
CREATE TABLE registered_model_tags (key VARCHAR(250) NOT NULL, value VARCHAR(5000), name VARCHAR(256) NOT NULL);
CREATE TABLE registered_model_aliases (alias VARCHAR(256) NOT NULL, version INTEGER NOT NULL, name VARCHAR(256) NOT NULL);
CREATE TABLE model_versions (name VARCHAR(256) NOT NULL, version INTEGER NOT NULL, creation_time BIGINT, last_updated_time BIGINT, description VARCHAR(5000), user_id VARCHAR(256), current_stage VARCHAR(20),
    source VARCHAR(500), run_id VARCHAR(32), status VARCHAR(20), status_message VARCHAR(500), run_link VARCHAR(500), storage_location VARCHAR(500));
CREATE TABLE model_version_tags (key VARCHAR(250) NOT NULL, value TEXT, name VARCHAR(256) NOT NULL, version INTEGER NOT NULL);
CREATE TABLE datasets (dataset_uuid VARCHAR(36) NOT NULL, experiment_id INTEGER NOT NULL, name VARCHAR(500) NOT NULL, digest VARCHAR(36) NOT NULL, dataset_source_type VARCHAR(36) NOT NULL, dataset_source TEXT NOT NULL,
    dataset_schema TEXT, dataset_profile TEXT);
CREATE TABLE inputs (input_uuid VARCHAR(36) NOT NULL, source_type VARCHAR(36) NOT NULL, source_id VARCHAR(36) NOT NULL, destination_type VARCHAR(36) NOT NULL, destination_id VARCHAR(36) NOT NULL, step BIGINT DEFAULT 0 NOT NULL);
CREATE TABLE input_tags (input_uuid VARCHAR(36) NOT NULL, name VARCHAR(255) NOT NULL, value VARCHAR(500) NOT NULL);
CREATE TABLE logged_models (model_id VARCHAR(36) NOT NULL, experiment_id INTEGER NOT NULL, name VARCHAR(500) NOT NULL, artifact_location VARCHAR(1000) NOT NULL, creation_timestamp_ms BIGINT NOT NULL,
    last_updated_timestamp_ms BIGINT NOT NULL, status INTEGER NOT NULL, lifecycle_stage VARCHAR(32), model_type VARCHAR(500), source_run_id VARCHAR(32), status_message VARCHAR(1000));
CREATE TABLE logged_model_params (model_id VARCHAR(36) NOT NULL, experiment_id INTEGER NOT NULL, param_key VARCHAR(255) NOT NULL, param_value TEXT NOT NULL);
CREATE TABLE logged_model_tags (model_id VARCHAR(36) NOT NULL, experiment_id INTEGER NOT NULL, tag_key VARCHAR(255) NOT NULL, tag_value TEXT NOT NULL);
CREATE TABLE logged_model_metrics (model_id VARCHAR(36) NOT NULL, metric_name VARCHAR(500) NOT NULL, metric_timestamp_ms BIGINT NOT NULL, metric_step BIGINT NOT NULL, metric_value DOUBLE PRECISION, experiment_id INTEGER NOT NULL,
    run_id VARCHAR(32) NOT NULL, dataset_uuid VARCHAR(36), dataset_name VARCHAR(500), dataset_digest VARCHAR(36));
CREATE TABLE trace_info (request_id VARCHAR(50) NOT NULL PRIMARY KEY, experiment_id INTEGER NOT NULL);

INSERT INTO experiments VALUES (0, 'Default', 'mlflow-artifacts:/0', 'active', 1700000000000, 1700000000000);
INSERT INTO experiments VALUES (7, 'churn', 'mlflow-artifacts:/7', 'active', 1700000001000, 1700000002000);
INSERT INTO experiments VALUES (9, 'old', 's3://bucket/mlflow/9', 'deleted', 1700000003000, 1700000004000);
INSERT INTO experiment_tags VALUES ('team', 'north', 7);

INSERT INTO runs VALUES ('aaaa0000aaaa0000aaaa0000aaaa0001', 'first', 'LOCAL', 'train.py', '', 'ada', 'FINISHED', 1700000010000, 1700000020000, NULL, '', 'active', 'mlflow-artifacts:/7/aaaa0000aaaa0000aaaa0000aaaa0001/artifacts', 7);
INSERT INTO runs VALUES ('aaaa0000aaaa0000aaaa0000aaaa0002', 'second', 'LOCAL', 'train.py', '', 'bob', 'FAILED', 1700000030000, NULL, NULL, '', 'deleted', 'mlflow-artifacts:/7/aaaa0000aaaa0000aaaa0000aaaa0002/artifacts', 7);
INSERT INTO runs VALUES ('aaaa0000aaaa0000aaaa0000aaaa0003', '', 'LOCAL', '', '', '', 'RUNNING', 1700000040000, NULL, NULL, '', 'deleted', 's3://bucket/mlflow/9/aaaa0000aaaa0000aaaa0000aaaa0003/artifacts', 9);
INSERT INTO params VALUES ('rate', '0.1', 'aaaa0000aaaa0000aaaa0000aaaa0001');
INSERT INTO params VALUES ('rate', '0.2', 'aaaa0000aaaa0000aaaa0000aaaa0002');
INSERT INTO tags VALUES ('mlflow.runName', 'first', 'aaaa0000aaaa0000aaaa0000aaaa0001');
INSERT INTO tags VALUES ('mlflow.source.git.commit', '0123abc', 'aaaa0000aaaa0000aaaa0000aaaa0001');
INSERT INTO tags VALUES ('bad//key', 'x', 'aaaa0000aaaa0000aaaa0000aaaa0001');
INSERT INTO metrics VALUES ('loss', 0.5, 1700000011000, 'aaaa0000aaaa0000aaaa0000aaaa0001', 0, FALSE);
INSERT INTO metrics VALUES ('loss', 0.25, 1700000012000, 'aaaa0000aaaa0000aaaa0000aaaa0001', 1, FALSE);
INSERT INTO metrics VALUES ('loss', 0.75, 1700000010500, 'aaaa0000aaaa0000aaaa0000aaaa0001', 0, FALSE);
INSERT INTO metrics VALUES ('odd', 0, 1700000011000, 'aaaa0000aaaa0000aaaa0000aaaa0001', 0, TRUE);
INSERT INTO metrics VALUES ('huge', 1.7976931348623157e308, 1700000011000, 'aaaa0000aaaa0000aaaa0000aaaa0001', 0, FALSE);
INSERT INTO metrics VALUES ('loss', 3, 1700000031000, 'aaaa0000aaaa0000aaaa0000aaaa0002', 0, FALSE);

INSERT INTO registered_models VALUES ('churn', 1700000050000, 1700000060000, 'who leaves');
INSERT INTO registered_model_tags VALUES ('tier', 'high', 'churn');
INSERT INTO registered_model_aliases VALUES ('champion', 3, 'churn');
INSERT INTO model_versions VALUES ('churn', 1, 1700000051000, 1700000051000, NULL, NULL, 'Deleted_Internal', 'REDACTED-SOURCE-PATH', 'REDACTED-RUN-ID', 'READY', NULL, 'REDACTED-RUN-LINK', NULL);
INSERT INTO model_versions VALUES ('churn', 2, 1700000052000, 1700000053000, 'by hand', 'ada', 'Production', 'mlflow-artifacts:/7/aaaa0000aaaa0000aaaa0000aaaa0001/artifacts/model', 'aaaa0000aaaa0000aaaa0000aaaa0001', 'READY', NULL, '', NULL);
INSERT INTO model_versions VALUES ('churn', 3, 1700000054000, 1700000055000, '', 'bob', 'None', 's3://bucket/elsewhere/model', NULL, 'READY', NULL, NULL, NULL);
INSERT INTO model_versions VALUES ('churn', 5, 1700000056000, 1700000057000, NULL, NULL, 'Deleted_Internal', 'REDACTED-SOURCE-PATH', 'REDACTED-RUN-ID', 'READY', NULL, 'REDACTED-RUN-LINK', NULL);
INSERT INTO model_version_tags VALUES ('checked', 'yes', 'churn', 2);
INSERT INTO datasets VALUES ('d1', 7, 'people', 'abc123', 'local', '{"uri": "people.csv"}', '{}', '{"num_rows": 10}');
INSERT INTO inputs VALUES ('i1', 'DATASET', 'd1', 'RUN', 'aaaa0000aaaa0000aaaa0000aaaa0001', 0);
INSERT INTO inputs VALUES ('i2', 'RUN_OUTPUT', 'aaaa0000aaaa0000aaaa0000aaaa0001', 'MODEL_OUTPUT', 'm-00000000000000000000000000000001', 3);
INSERT INTO input_tags VALUES ('i1', 'mlflow.data.context', 'training');
INSERT INTO logged_models VALUES ('m-00000000000000000000000000000001', 7, 'trees', 'mlflow-artifacts:/7/models/m-00000000000000000000000000000001/artifacts', 1700000015000, 1700000016000, 2, 'active', 'classic',
    'aaaa0000aaaa0000aaaa0000aaaa0001', NULL);
INSERT INTO logged_model_params VALUES ('m-00000000000000000000000000000001', 7, 'depth', '7');
INSERT INTO logged_model_tags VALUES ('m-00000000000000000000000000000001', 7, 'kind', 'trial');
INSERT INTO logged_model_metrics VALUES ('m-00000000000000000000000000000001', 'auc', 1700000014000, 3, 0.9, 7, 'aaaa0000aaaa0000aaaa0000aaaa0001', 'd1', 'people', 'abc123');
INSERT INTO trace_info VALUES ('tr-1', 7);
