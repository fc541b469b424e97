-- What happened, for later rooms: written with the change, placed in one global order afterwards, kept for ever.
CREATE TABLE kernel_facts (
    fact_id TEXT NOT NULL PRIMARY KEY,
    position BIGINT,
    kind TEXT NOT NULL,
    workspace TEXT NOT NULL,
    subject TEXT NOT NULL,
    actor TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX kernel_facts_position ON kernel_facts (position);
CREATE INDEX kernel_facts_unplaced ON kernel_facts (fact_id) WHERE position IS NULL;
CREATE INDEX kernel_facts_workspace ON kernel_facts (workspace, position);

-- How far each subscriber has read.
CREATE TABLE kernel_fact_cursors (
    subscriber TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL
);

-- Who does a job that only one replica may do, and until when.
CREATE TABLE kernel_leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until_ms BIGINT NOT NULL
);
