-- Uploads on signed addresses of the bucket: where each will go and who began it. The key in the bucket is the server's choice; no client sees it.
CREATE TABLE tracking_uploads (
    upload_id TEXT NOT NULL PRIMARY KEY,
    workspace TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    path TEXT NOT NULL,
    principal_id TEXT NOT NULL,
    store_key TEXT NOT NULL,
    store_id TEXT NOT NULL,
    part_count BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    -- Who puts the parts together, until when; then another may.
    holder TEXT NOT NULL,
    held_until_ms BIGINT NOT NULL,
    -- Null until it has become an artifact.
    digest TEXT
);
CREATE INDEX tracking_uploads_open ON tracking_uploads (workspace, principal_id) WHERE digest IS NULL;
CREATE INDEX tracking_uploads_expires ON tracking_uploads (expires_ms);
