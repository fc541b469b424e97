-- The versions of a run, model by model and in the order of their numbers, so that a search by run reads its page and no more.
DROP INDEX registry_versions_run;
CREATE INDEX registry_versions_run ON registry_versions (workspace, run_id, model_id, version);
