-- Who wants to hear of what: an address, and the events that are sent there.
CREATE TABLE webhooks_hooks (
    webhook_id TEXT NOT NULL PRIMARY KEY,
    workspace TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    url TEXT NOT NULL,
    -- 1 = facts are delivered, 0 = they pass by.
    active BIGINT NOT NULL,
    -- Encrypted; NULL = deliveries are not signed.
    secret BYTES,
    -- Facts up to this position were told before the webhook was made.
    from_position BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    updated_ms BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_by_name TEXT NOT NULL,
    last_attempt_ms BIGINT,
    -- Of the last attempt; NULL when it was answered well.
    last_error TEXT,
    -- The first failed attempt since the last that was answered well; NULL = it is well.
    failing_since_ms BIGINT
);

CREATE INDEX webhooks_hooks_by_workspace ON webhooks_hooks (workspace, webhook_id);

CREATE TABLE webhooks_events (
    webhook_id TEXT NOT NULL,
    event TEXT NOT NULL,
    workspace TEXT NOT NULL,
    PRIMARY KEY (webhook_id, event)
);

CREATE INDEX webhooks_events_by_event ON webhooks_events (workspace, event);

-- What was sent, is to be sent, and how it went.
CREATE TABLE webhooks_deliveries (
    delivery_id TEXT NOT NULL PRIMARY KEY,
    webhook_id TEXT NOT NULL,
    -- What it tells of; a test has an id of its own. One delivery of a fact to a webhook, however often the fact comes.
    fact_id TEXT NOT NULL,
    event TEXT NOT NULL,
    subject TEXT NOT NULL,
    test BIGINT NOT NULL,
    body TEXT NOT NULL,
    -- 0 waiting, 1 delivered, 2 given up.
    state BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    -- When the next attempt is due; while one is made, when another process may take it for lost. NULL = ended.
    due_ms BIGINT,
    ended_ms BIGINT,
    -- Of the last attempt.
    status BIGINT,
    took_ms BIGINT,
    answer TEXT,
    error TEXT,
    UNIQUE (webhook_id, fact_id)
);

CREATE INDEX webhooks_deliveries_by_webhook ON webhooks_deliveries (webhook_id, delivery_id);
CREATE INDEX webhooks_deliveries_due ON webhooks_deliveries (due_ms) WHERE due_ms IS NOT NULL;
CREATE INDEX webhooks_deliveries_ended ON webhooks_deliveries (ended_ms) WHERE ended_ms IS NOT NULL;
