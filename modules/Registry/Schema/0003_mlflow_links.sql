-- What MLflow's clients say of a model and a version, kept as given: a job of a platform of theirs, and the logged model that a version was made of.
ALTER TABLE registry_models ADD COLUMN deployment_job_id TEXT;
ALTER TABLE registry_versions ADD COLUMN logged_model_id TEXT;
-- The newest version of each stage, which every answer about a model tells, is one look.
CREATE INDEX registry_versions_stage ON registry_versions (model_id, stage, deleted, version);
