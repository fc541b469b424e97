CREATE TABLE datasets_datasets (
    workspace TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    contract_digest TEXT,
    versions BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (workspace, name)
);

-- Contracts that a workspace knows, by the digest of their text, which is a blob.
CREATE TABLE datasets_contracts (
    workspace TEXT NOT NULL,
    digest TEXT NOT NULL,
    contract_id TEXT NOT NULL,
    version TEXT NOT NULL,
    status TEXT NOT NULL,
    name TEXT,
    created_ms BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (workspace, digest)
);

-- Parquet files that a workspace may read: content of versions, and parts made from it. A digest alone opens nothing.
CREATE TABLE datasets_tables (
    workspace TEXT NOT NULL,
    digest TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    column_count BIGINT NOT NULL,
    size_bytes BIGINT NOT NULL,
    profile_digest TEXT,
    parent_digest TEXT,
    part TEXT,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (workspace, digest)
);
CREATE INDEX datasets_tables_parent ON datasets_tables (workspace, parent_digest);

CREATE TABLE datasets_versions (
    workspace TEXT NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    digest TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    column_count BIGINT NOT NULL,
    size_bytes BIGINT NOT NULL,
    source_digest TEXT NOT NULL,
    source_format TEXT NOT NULL,
    contract_digest TEXT,
    profile_digest TEXT NOT NULL,
    detail_digest TEXT NOT NULL,
    verdict TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (workspace, name, version)
);
CREATE INDEX datasets_versions_digest ON datasets_versions (workspace, digest);

CREATE TABLE datasets_uses (
    workspace TEXT NOT NULL,
    digest TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    title TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    used_by TEXT NOT NULL,
    PRIMARY KEY (workspace, digest, kind, subject)
);
