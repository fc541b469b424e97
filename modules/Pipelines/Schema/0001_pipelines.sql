-- What was run, word for word.
CREATE TABLE pipelines_definitions (
    workspace TEXT NOT NULL,
    digest TEXT NOT NULL,
    pipeline TEXT NOT NULL,
    text TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (workspace, digest)
);

-- Which blobs belong to the workspace: files that were uploaded for runs, and outputs of steps.
CREATE TABLE pipelines_blobs (
    workspace TEXT NOT NULL,
    digest TEXT NOT NULL,
    name TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (workspace, digest)
);

-- One row per run. Whoever drives it holds the lease, under a claim that changes with each taking.
CREATE TABLE pipelines_runs (
    run_id TEXT NOT NULL PRIMARY KEY,
    workspace TEXT NOT NULL,
    pipeline TEXT NOT NULL,
    definition_digest TEXT NOT NULL,
    state BIGINT NOT NULL,
    by_id TEXT NOT NULL,
    by_name TEXT NOT NULL,
    cap_level TEXT,
    files TEXT NOT NULL,
    force TEXT NOT NULL,
    started_ms BIGINT NOT NULL,
    ended_ms BIGINT,
    cancel_ms BIGINT,
    lease_holder TEXT NOT NULL,
    lease_claim TEXT NOT NULL,
    lease_until_ms BIGINT NOT NULL
);
CREATE INDEX pipelines_runs_newest ON pipelines_runs (workspace, run_id DESC);
CREATE INDEX pipelines_runs_pipeline ON pipelines_runs (workspace, pipeline, run_id DESC);
CREATE INDEX pipelines_runs_open ON pipelines_runs (lease_until_ms) WHERE ended_ms IS NULL;

CREATE TABLE pipelines_steps (
    run_id TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    step TEXT NOT NULL,
    uses TEXT NOT NULL,
    needs TEXT NOT NULL,
    state BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    started_ms BIGINT,
    ended_ms BIGINT,
    inputs TEXT NOT NULL,
    outputs TEXT NOT NULL,
    summary TEXT NOT NULL,
    reused BIGINT,
    reason TEXT,
    from_run_id TEXT,
    problem_code TEXT,
    problem_detail TEXT,
    PRIMARY KEY (run_id, ordinal)
);

-- Successful executions by what went into them: the outputs to take again, and what the next one is compared with.
CREATE TABLE pipelines_results (
    workspace TEXT NOT NULL,
    pipeline TEXT NOT NULL,
    step TEXT NOT NULL,
    result_key TEXT NOT NULL,
    run_id TEXT NOT NULL,
    ended_ms BIGINT NOT NULL,
    ingredients TEXT NOT NULL,
    outputs TEXT NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY (workspace, pipeline, step, result_key)
);
CREATE INDEX pipelines_results_newest ON pipelines_results (workspace, pipeline, step, ended_ms DESC);

CREATE TABLE pipelines_log (
    run_id TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    line BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (run_id, ordinal, line)
);
