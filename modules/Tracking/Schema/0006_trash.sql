-- When it was put away, Unix ms; null = active, or put away before this was noted.
ALTER TABLE tracking_runs ADD COLUMN deleted_ms BIGINT;
ALTER TABLE tracking_experiments ADD COLUMN deleted_ms BIGINT;
CREATE INDEX tracking_runs_trash ON tracking_runs (deleted_ms, run_key) WHERE deleted = 1;
CREATE INDEX tracking_experiments_trash ON tracking_experiments (deleted_ms, experiment_id) WHERE deleted = 1;

-- Runs that were purged: so that who asks for one learns what became of it. Its points go afterwards, piece by piece.
CREATE TABLE tracking_purged (
    run_id TEXT NOT NULL PRIMARY KEY,
    workspace TEXT NOT NULL,
    run_key BIGINT NOT NULL,
    purged_ms BIGINT NOT NULL,
    emptied BIGINT NOT NULL
);
CREATE INDEX tracking_purged_full ON tracking_purged (run_key) WHERE emptied = 0;
