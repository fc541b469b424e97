-- A name under which versions of one model answer.
CREATE TABLE serving_endpoints (
    endpoint_id TEXT NOT NULL PRIMARY KEY,
    workspace TEXT NOT NULL,
    name TEXT NOT NULL,
    model TEXT NOT NULL,
    -- 1 = shares are frozen until a person resumes.
    halted BIGINT NOT NULL,
    -- 1 = the kill switch is on.
    stopped BIGINT NOT NULL,
    -- 1 = the last change of versions was a rollback: a further one changes nothing.
    rolled_back BIGINT NOT NULL,
    -- Why it is halted, stopped or was rolled back.
    reason TEXT,
    created_ms BIGINT NOT NULL,
    changed_ms BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_by_name TEXT NOT NULL
);
CREATE UNIQUE INDEX serving_endpoints_name ON serving_endpoints (workspace, name);

-- A version at work under an endpoint, or one that was.
CREATE TABLE serving_deployments (
    deployment_id TEXT NOT NULL PRIMARY KEY,
    endpoint_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- 0 champion, 1 canary, 2 shadow.
    role BIGINT NOT NULL,
    -- Of a canary: how many of the 10,000 buckets are its own.
    buckets BIGINT NOT NULL,
    -- What was approved, copied when it was deployed.
    model_digest TEXT NOT NULL,
    contract_digest TEXT,
    training_digest TEXT,
    approval_id TEXT,
    evidence_digest TEXT,
    threshold DOUBLE PRECISION,
    at_or_above TEXT,
    below TEXT,
    since_ms BIGINT NOT NULL,
    deployed_by TEXT NOT NULL,
    deployed_by_name TEXT NOT NULL,
    -- Null while it is at work.
    ended_ms BIGINT,
    end_reason TEXT
);
CREATE INDEX serving_deployments_endpoint ON serving_deployments (endpoint_id, ended_ms);

-- Who has released a stopped endpoint so far; emptied when it is stopped and when it answers again.
CREATE TABLE serving_releases (
    endpoint_id TEXT NOT NULL,
    principal TEXT NOT NULL,
    name TEXT NOT NULL,
    reason TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (endpoint_id, principal)
);

-- What each process has loaded, by its own digest.
CREATE TABLE serving_replicas (
    replica TEXT NOT NULL,
    deployment_id TEXT NOT NULL,
    -- SHA-256 of the bytes that are loaded; null when loading failed.
    digest TEXT,
    fault TEXT,
    predictions BIGINT NOT NULL,
    started_ms BIGINT NOT NULL,
    seen_ms BIGINT NOT NULL,
    PRIMARY KEY (replica, deployment_id)
);

-- What each process has answered since it started.
CREATE TABLE serving_counts (
    replica TEXT NOT NULL,
    endpoint_id TEXT NOT NULL,
    requests BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    predictions BIGINT NOT NULL,
    seen_ms BIGINT NOT NULL,
    PRIMARY KEY (replica, endpoint_id)
);

-- One row, raised by every change of the first three tables: processes that see another number read them anew.
CREATE TABLE serving_revision (
    id BIGINT NOT NULL PRIMARY KEY,
    revision BIGINT NOT NULL
);
INSERT INTO serving_revision (id, revision) VALUES (1, 0);
