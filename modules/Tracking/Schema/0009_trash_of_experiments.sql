-- The last thing put away of an experiment, on which its own day depends.
CREATE INDEX tracking_runs_trash_experiment ON tracking_runs (experiment_id, deleted_ms) WHERE deleted = 1;
CREATE INDEX tracking_models_trash_experiment ON tracking_models (experiment_id, updated_ms) WHERE deleted = 1;
CREATE INDEX tracking_models_trash ON tracking_models (updated_ms, model_key) WHERE deleted = 1;
