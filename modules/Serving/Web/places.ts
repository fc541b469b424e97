/** Pages of other rooms. */
export const modelPath = (workspace: string, model: string): string => `/w/${workspace}/models/${encodeURIComponent(model)}`;
export const versionPath = (workspace: string, model: string, version: number): string => `${modelPath(workspace, model)}/versions/${version}`;
export const approvalPath = (workspace: string, id: string): string => `/w/${workspace}/approvals/${encodeURIComponent(id)}`;
export const monitorPath = (workspace: string, endpoint: string): string => `/w/${workspace}/monitors/${encodeURIComponent(endpoint)}`;
