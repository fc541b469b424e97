-- A name under which versions are kept. Renaming changes this row alone.
CREATE TABLE registry_models (
    model_id TEXT NOT NULL PRIMARY KEY,
    workspace TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    -- The greatest number ever given to a version: never given twice, deleted ones included.
    last_version BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    updated_ms BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_by_name TEXT NOT NULL
);
CREATE UNIQUE INDEX registry_models_name ON registry_models (workspace, name);
CREATE INDEX registry_models_updated ON registry_models (workspace, updated_ms, name);

CREATE TABLE registry_model_tags (
    model_id TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (model_id, name)
);
-- Values are long; a PostgreSQL index row is not, so the indexes hold the first 100 characters.
CREATE INDEX registry_model_tags_value ON registry_model_tags (name, substr(value, 1, 100), model_id);

CREATE TABLE registry_versions (
    model_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    workspace TEXT NOT NULL,
    -- MLflow's legacy stage: 0 none, 1 staging, 2 production, 3 archived.
    stage BIGINT NOT NULL,
    deleted BIGINT NOT NULL,
    description TEXT NOT NULL,
    source TEXT NOT NULL,
    run_id TEXT NOT NULL,
    run_link TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    updated_ms BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_by_name TEXT NOT NULL,
    model_digest TEXT,
    evaluation_digest TEXT,
    -- Digests and origins as they were when it was registered (Versions/Evidence.cs), JSON; never changed afterwards.
    evidence TEXT NOT NULL,
    PRIMARY KEY (model_id, version)
);
CREATE INDEX registry_versions_run ON registry_versions (workspace, run_id);
CREATE INDEX registry_versions_same ON registry_versions (model_id, model_digest, evaluation_digest);

CREATE TABLE registry_version_tags (
    model_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (model_id, version, name)
);
CREATE INDEX registry_version_tags_value ON registry_version_tags (name, substr(value, 1, 100), model_id, version);

CREATE TABLE registry_aliases (
    model_id TEXT NOT NULL,
    alias TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (model_id, alias)
);
CREATE INDEX registry_aliases_version ON registry_aliases (model_id, version);
