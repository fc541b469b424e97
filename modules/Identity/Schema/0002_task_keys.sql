-- Keys of programs that the server starts on somebody's behalf. The principal may be the local owner, who has no row of its own.
CREATE TABLE identity_task_keys (
    key_id TEXT NOT NULL PRIMARY KEY,
    secret_hash BYTES NOT NULL,
    principal_id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    purpose TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL
);
CREATE INDEX identity_task_keys_expiry ON identity_task_keys (expires_ms);
