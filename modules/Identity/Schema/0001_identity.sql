-- Where rows of users belong to. A new server has one.
CREATE TABLE identity_workspaces (
    name TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    created_ms BIGINT NOT NULL
);
INSERT INTO identity_workspaces (name, title, created_ms) VALUES ('default', 'Default', 0);

-- Who may act: people, and service accounts, which have an owner. Never deleted, since entries and runs name them; a name is never given twice.
CREATE TABLE identity_principals (
    principal_id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    display_name TEXT NOT NULL,
    owner_id TEXT REFERENCES identity_principals (principal_id),
    created_ms BIGINT NOT NULL,
    deactivated_ms BIGINT
);
CREATE UNIQUE INDEX identity_principals_name ON identity_principals (name);

CREATE TABLE identity_passwords (
    principal_id TEXT NOT NULL PRIMARY KEY REFERENCES identity_principals (principal_id),
    hash TEXT NOT NULL,
    changed_ms BIGINT NOT NULL
);

-- The one table of what a principal may do where: resource is server, workspace/* or workspace/{name}.
CREATE TABLE identity_grants (
    grant_id TEXT NOT NULL PRIMARY KEY,
    principal_id TEXT NOT NULL REFERENCES identity_principals (principal_id),
    resource TEXT NOT NULL,
    level TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    created_by TEXT NOT NULL
);
CREATE UNIQUE INDEX identity_grants_once ON identity_grants (principal_id, resource, level);
CREATE INDEX identity_grants_resource ON identity_grants (resource, grant_id);

-- API keys: the secret itself is shown once and not kept.
CREATE TABLE identity_keys (
    key_id TEXT NOT NULL PRIMARY KEY,
    principal_id TEXT NOT NULL REFERENCES identity_principals (principal_id),
    name TEXT NOT NULL,
    secret_hash BYTES NOT NULL,
    workspace TEXT NOT NULL,
    cap_level TEXT,
    created_ms BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    expires_ms BIGINT NOT NULL,
    last_used_ms BIGINT,
    revoked_ms BIGINT
);
CREATE INDEX identity_keys_newest ON identity_keys (created_ms, key_id);
CREATE INDEX identity_keys_principal ON identity_keys (principal_id, created_ms, key_id);

-- Browser sessions, found by the hash of their cookie's token.
CREATE TABLE identity_sessions (
    session_id TEXT NOT NULL PRIMARY KEY,
    token_hash BYTES NOT NULL,
    principal_id TEXT NOT NULL REFERENCES identity_principals (principal_id),
    created_ms BIGINT NOT NULL,
    last_seen_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL
);
CREATE UNIQUE INDEX identity_sessions_token ON identity_sessions (token_hash);
CREATE INDEX identity_sessions_principal ON identity_sessions (principal_id);
CREATE INDEX identity_sessions_expiry ON identity_sessions (expires_ms);

-- One-time links: of the first start (no principal yet) and of invited people.
CREATE TABLE identity_invitations (
    token_hash BYTES NOT NULL PRIMARY KEY,
    principal_id TEXT REFERENCES identity_principals (principal_id),
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    used_ms BIGINT
);
CREATE INDEX identity_invitations_principal ON identity_invitations (principal_id);
