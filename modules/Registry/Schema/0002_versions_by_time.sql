-- Searches over all models in the order of time stop at the page's end.
CREATE INDEX registry_versions_created ON registry_versions (workspace, created_ms);
CREATE INDEX registry_versions_updated ON registry_versions (workspace, updated_ms);
