-- What each version was made from or names, so that a run, a logged model and their files are asked for by key before they go. Rows go with their version.
CREATE TABLE registry_version_origins (
    workspace TEXT NOT NULL,
    -- A run's or a logged model's id, as the client said or as it was found; it need not be of this server.
    origin_id TEXT NOT NULL,
    model_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- Where the version's files lie below the root of the run or logged model, empty = all of it; null = it is only named.
    path TEXT,
    PRIMARY KEY (workspace, origin_id, model_id, version)
);
CREATE INDEX registry_version_origins_version ON registry_version_origins (model_id, version);

INSERT INTO registry_version_origins (workspace, origin_id, model_id, version, path)
SELECT workspace, origin_id, model_id, version, MAX(path) FROM (
    -- Addresses of files end in ID/artifacts/PATH.
    SELECT workspace, origin_id, model_id, version,
        CASE WHEN model_digest IS NULL OR INDEX_OF(location, origin_id || '/artifacts') = 0 THEN NULL
            ELSE substr(location, INDEX_OF(location, origin_id || '/artifacts') + length(origin_id) + 11) END AS path
    FROM (
        SELECT workspace, model_id, version, model_digest, JSON_FIELD(evidence, 'location') AS location,
            COALESCE(JSON_FIELD(evidence, 'loggedModelId'), JSON_FIELD(evidence, 'runId')) AS origin_id
        FROM registry_versions WHERE deleted = 0) AS made
    UNION ALL SELECT workspace, JSON_FIELD(evidence, 'runId'), model_id, version, NULL FROM registry_versions WHERE deleted = 0
    UNION ALL SELECT workspace, run_id, model_id, version, NULL FROM registry_versions WHERE deleted = 0
    UNION ALL SELECT workspace, logged_model_id, model_id, version, NULL FROM registry_versions WHERE deleted = 0
) AS origins WHERE length(origin_id) BETWEEN 1 AND 256
GROUP BY workspace, origin_id, model_id, version;
