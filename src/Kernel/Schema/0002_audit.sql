-- Who decided what: the bytes that were hashed, and their leaf hash (RFC 9162), written with the change.
-- leaf_index is the place in the tree, from 0 without gaps; null until the sequencer has placed the entry.
-- workspace, actor, action, subject and at_ms repeat what the bytes say, for lists; workspace '' = the whole server.
CREATE TABLE kernel_audit_entries (
    entry_id TEXT NOT NULL PRIMARY KEY,
    leaf_index BIGINT,
    workspace TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    entry BYTES NOT NULL,
    leaf BYTES NOT NULL
);
CREATE UNIQUE INDEX kernel_audit_entries_leaf ON kernel_audit_entries (leaf_index);
CREATE INDEX kernel_audit_entries_unplaced ON kernel_audit_entries (entry_id) WHERE leaf_index IS NULL;
CREATE INDEX kernel_audit_entries_workspace ON kernel_audit_entries (workspace, entry_id);
CREATE INDEX kernel_audit_entries_actor ON kernel_audit_entries (actor, entry_id);
CREATE INDEX kernel_audit_entries_action ON kernel_audit_entries (action, entry_id);

-- Hashes of complete subtrees of two leaves and more; node_id = level * 2^56 + number from the left. They never change.
CREATE TABLE kernel_audit_nodes (
    node_id BIGINT NOT NULL PRIMARY KEY,
    hash BYTES NOT NULL
);

-- Signed statements about the tree; note is the text as signed. witnessed = 1 once it stands in the witness folder.
CREATE TABLE kernel_audit_checkpoints (
    size BIGINT NOT NULL PRIMARY KEY,
    at_ms BIGINT NOT NULL,
    note TEXT NOT NULL,
    witnessed BIGINT NOT NULL
);
CREATE INDEX kernel_audit_checkpoints_unwitnessed ON kernel_audit_checkpoints (size) WHERE witnessed = 0;

-- Public keys that have signed, in order of appearance; the private ones never enter the database.
CREATE TABLE kernel_audit_keys (
    number BIGINT NOT NULL PRIMARY KEY,
    key_id TEXT NOT NULL,
    public_key BYTES NOT NULL,
    since_ms BIGINT NOT NULL
);
