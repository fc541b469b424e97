-- What each model is for and who answers for it; the entry as JSON, the digest over it.
CREATE TABLE governance_inventory (
    workspace TEXT NOT NULL,
    model TEXT NOT NULL,
    entry TEXT NOT NULL,
    digest TEXT NOT NULL,
    changed_ms BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_by_name TEXT NOT NULL,
    PRIMARY KEY (workspace, model)
);

-- Every policy that was ever in force; the one with the greatest version is.
CREATE TABLE governance_policies (
    workspace TEXT NOT NULL,
    version BIGINT NOT NULL,
    text TEXT NOT NULL,
    digest TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_by_name TEXT NOT NULL,
    PRIMARY KEY (workspace, version)
);

CREATE TABLE governance_approvals (
    approval_id TEXT NOT NULL PRIMARY KEY,
    workspace TEXT NOT NULL,
    model TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- requested, granted, refused, voided, expired or withdrawn.
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    requested_by_name TEXT NOT NULL,
    requested_ms BIGINT NOT NULL,
    -- What the version's reports say, read when it was asked for: evidence by name, JSON.
    evidence TEXT NOT NULL,
    -- The bound fields by name, JSON: as they were asked for, from the first sign-off on as they were signed.
    bound TEXT NOT NULL,
    bound_digest TEXT NOT NULL,
    granted_ms BIGINT,
    -- When time alone may end it: an exception runs out, evidence becomes too old. NULL = never.
    due_ms BIGINT,
    ended_ms BIGINT,
    ended_by_name TEXT,
    ended_reason TEXT
);
CREATE INDEX governance_approvals_version ON governance_approvals (workspace, model, version, approval_id);
CREATE INDEX governance_approvals_newest ON governance_approvals (workspace, approval_id);
CREATE INDEX governance_approvals_due ON governance_approvals (state, due_ms);

-- One row per person and approval; the person behind a service account is its owner.
CREATE TABLE governance_sign_offs (
    approval_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    signer_id TEXT NOT NULL,
    signer_name TEXT NOT NULL,
    signed_ms BIGINT NOT NULL,
    evidence_digest TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (approval_id, person_id)
);

CREATE TABLE governance_exceptions (
    exception_id TEXT NOT NULL PRIMARY KEY,
    workspace TEXT NOT NULL,
    model TEXT NOT NULL,
    -- NULL = every version of the model.
    version BIGINT,
    requirement TEXT NOT NULL,
    reason TEXT NOT NULL,
    granted_ms BIGINT NOT NULL,
    granted_by TEXT NOT NULL,
    granted_by_name TEXT NOT NULL,
    expires_ms BIGINT NOT NULL,
    ended_ms BIGINT,
    ended_by_name TEXT,
    ended_reason TEXT
);
CREATE INDEX governance_exceptions_model ON governance_exceptions (workspace, model, exception_id);
CREATE INDEX governance_exceptions_newest ON governance_exceptions (workspace, exception_id);
CREATE INDEX governance_exceptions_open ON governance_exceptions (ended_ms, expires_ms);
