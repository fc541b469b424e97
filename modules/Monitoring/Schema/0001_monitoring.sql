-- An endpoint whose predictions are watched; the row is made when the endpoint is first heard of.
CREATE TABLE monitoring_endpoints (
    workspace TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    model TEXT NOT NULL,
    -- Position in the prediction log up to which everything is in windows or in state.
    position BIGINT NOT NULL,
    -- Windows that are filling (Folding/FoldState.cs), of the same moment as the position; JSON.
    state BYTES,
    -- Goes up with each change of position and state: a fold by somebody who was overtaken changes nothing.
    revision BIGINT NOT NULL,
    folded_ms BIGINT,
    deleted BIGINT NOT NULL,
    PRIMARY KEY (workspace, endpoint)
);

CREATE TABLE monitoring_definitions (
    workspace TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    version BIGINT NOT NULL,
    digest TEXT NOT NULL,
    text TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_by_name TEXT NOT NULL,
    PRIMARY KEY (workspace, endpoint, version)
);

-- What production is compared with (References/Reference.cs), a blob, made once per version.
CREATE TABLE monitoring_references (
    workspace TEXT NOT NULL,
    model TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- Digests of the records that it was made from.
    evidence TEXT NOT NULL,
    digest TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (workspace, model, version)
);

CREATE TABLE monitoring_windows (
    window_id TEXT NOT NULL PRIMARY KEY,
    workspace TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    version BIGINT NOT NULL,
    deployment_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    first_position BIGINT NOT NULL,
    last_position BIGINT NOT NULL,
    from_ms BIGINT NOT NULL,
    to_ms BIGINT NOT NULL,
    closed_ms BIGINT NOT NULL,
    -- As the list shows it (Contracts/Windows.cs: WindowSummary), JSON.
    summary TEXT NOT NULL,
    -- The whole result (WindowView), a blob.
    digest TEXT NOT NULL
);
CREATE INDEX monitoring_windows_list ON monitoring_windows (workspace, endpoint, window_id);
CREATE UNIQUE INDEX monitoring_windows_number ON monitoring_windows (deployment_id, number);

-- What is said of a version under an endpoint now, per aspect.
CREATE TABLE monitoring_verdicts (
    workspace TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- MonitorAspect and MonitorVerdict as numbers.
    aspect BIGINT NOT NULL,
    verdict BIGINT NOT NULL,
    detail TEXT NOT NULL,
    digest TEXT,
    observed_ms BIGINT NOT NULL,
    changed_ms BIGINT NOT NULL,
    PRIMARY KEY (workspace, endpoint, version, aspect)
);

CREATE TABLE monitoring_alerts (
    alert_id TEXT NOT NULL PRIMARY KEY,
    workspace TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    model TEXT NOT NULL,
    version BIGINT NOT NULL,
    deployment_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- What moved (Contracts/Alerts.cs: AlertFeature), JSON.
    features TEXT NOT NULL,
    window_id TEXT,
    digest TEXT NOT NULL,
    opened_ms BIGINT NOT NULL,
    last_ms BIGINT NOT NULL,
    closed_ms BIGINT,
    closed_by TEXT,
    closed_reason TEXT
);
CREATE INDEX monitoring_alerts_endpoint ON monitoring_alerts (workspace, endpoint, alert_id);
-- One alert per cause is open at a time.
CREATE UNIQUE INDEX monitoring_alerts_open ON monitoring_alerts (workspace, endpoint, version, deployment_id, kind, subject) WHERE closed_ms IS NULL;

-- What follows from an alert: done after the commit, at least once.
CREATE TABLE monitoring_reactions (
    alert_id TEXT NOT NULL,
    place BIGINT NOT NULL,
    reaction TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_ms BIGINT NOT NULL,
    detail TEXT,
    created_ms BIGINT NOT NULL,
    ended_ms BIGINT,
    PRIMARY KEY (alert_id, place)
);
CREATE INDEX monitoring_reactions_pending ON monitoring_reactions (next_ms) WHERE state = 'pending';

CREATE TABLE monitoring_retraining (
    request_id TEXT NOT NULL PRIMARY KEY,
    workspace TEXT NOT NULL,
    model TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    version BIGINT NOT NULL,
    alert_id TEXT NOT NULL,
    pipeline TEXT,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    requested_ms BIGINT NOT NULL,
    ended_ms BIGINT,
    ended_by TEXT,
    pipeline_run_id TEXT,
    note TEXT
);
CREATE INDEX monitoring_retraining_list ON monitoring_retraining (workspace, request_id);
CREATE UNIQUE INDEX monitoring_retraining_open ON monitoring_retraining (workspace, model) WHERE state = 'open';

-- What happened after predictions, joined with them.
CREATE TABLE monitoring_labels (
    workspace TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    prediction_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    predicted_ms BIGINT NOT NULL,
    label_event_ms BIGINT NOT NULL,
    label_arrived_ms BIGINT NOT NULL,
    label TEXT NOT NULL,
    -- Group by column, JSON.
    groups TEXT NOT NULL,
    score DOUBLE PRECISION,
    decision TEXT,
    PRIMARY KEY (workspace, endpoint, prediction_id)
);
CREATE INDEX monitoring_labels_span ON monitoring_labels (workspace, endpoint, version, predicted_ms);

-- Realised performance of a version in a span of time.
CREATE TABLE monitoring_performance (
    workspace TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    version BIGINT NOT NULL,
    from_ms BIGINT NOT NULL,
    to_ms BIGINT NOT NULL,
    -- Goes up with each batch of labels of the span; computed follows it.
    touched BIGINT NOT NULL,
    computed BIGINT NOT NULL,
    -- PerformanceView, JSON; null = not computed yet.
    result TEXT,
    digest TEXT,
    PRIMARY KEY (workspace, endpoint, version, from_ms)
);
CREATE INDEX monitoring_performance_due ON monitoring_performance (workspace, endpoint, version, from_ms) WHERE computed < touched;
