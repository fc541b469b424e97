-- For the lists of a whole workspace: what runs, what failed, what is new.
CREATE INDEX tracking_runs_workspace ON tracking_runs (workspace, deleted, start_ms DESC, run_id);
