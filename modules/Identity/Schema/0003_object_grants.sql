-- What everybody who has signed in may do in a workspace without a role of their own: Viewer, Member or (null) nothing.
ALTER TABLE identity_workspaces ADD COLUMN everyone TEXT;

-- Resources of grants may name one object: workspace/{name}/experiment/{id}, workspace/{name}/model/{name}.
-- A number for protocols that know people by one, counted from 1 in the order in which they came.
ALTER TABLE identity_principals ADD COLUMN number BIGINT;
UPDATE identity_principals SET number = (SELECT COUNT(*) FROM identity_principals o WHERE o.principal_id <= identity_principals.principal_id);
CREATE UNIQUE INDEX identity_principals_number ON identity_principals (number);
