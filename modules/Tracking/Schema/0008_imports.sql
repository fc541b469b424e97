-- What was taken over from other tracking servers: one row per import, open until its report is there.
CREATE TABLE tracking_imports (
    import_id TEXT NOT NULL PRIMARY KEY,
    workspace TEXT NOT NULL,
    source TEXT NOT NULL,
    started_ms BIGINT NOT NULL,
    started_by TEXT NOT NULL,
    finished_ms BIGINT,
    report TEXT
);
CREATE INDEX tracking_imports_newest ON tracking_imports (workspace, started_ms DESC, import_id);

-- Which experiment here a source's experiment became, for every later import from there.
CREATE TABLE tracking_import_experiments (
    workspace TEXT NOT NULL,
    source TEXT NOT NULL,
    source_id TEXT NOT NULL,
    experiment_id BIGINT NOT NULL,
    PRIMARY KEY (workspace, source, source_id)
);

-- Runs that are complete, so that an import that was killed goes on behind them.
CREATE TABLE tracking_import_runs (
    import_id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    PRIMARY KEY (import_id, run_id)
);
