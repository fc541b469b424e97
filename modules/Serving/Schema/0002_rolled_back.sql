-- 1 = its version was rolled back since: nothing goes back to it until the version is deployed or promoted anew.
ALTER TABLE serving_deployments ADD COLUMN rolled_back BIGINT NOT NULL DEFAULT 0;
