-- Blobs that no record names, in their place (aside = '') or aside under an id: since when each look has found it so. The digest is kept as bytes, since as a text it would be a name.
CREATE TABLE kernel_unnamed_blobs (
    digest BYTES NOT NULL,
    aside TEXT NOT NULL,
    since_ms BIGINT NOT NULL,
    PRIMARY KEY (digest, aside)
);

-- Which database this is, in one row: a folder of blobs notes whose names are for it.
CREATE TABLE kernel_database (
    id TEXT NOT NULL PRIMARY KEY
);
