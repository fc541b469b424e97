export const approvalsPath = (workspace: string): string => `/w/${workspace}/approvals`;
export const approvalPath = (workspace: string, id: string): string => `${approvalsPath(workspace)}/${encodeURIComponent(id)}`;
export const policiesPath = (workspace: string): string => `/w/${workspace}/policies`;
export const policyPath = (workspace: string, version: number): string => `${policiesPath(workspace)}?version=${version}`;
export const inventoryPath = (workspace: string): string => `/w/${workspace}/inventory`;
export const entryPath = (workspace: string, model: string): string => `${inventoryPath(workspace)}/${encodeURIComponent(model)}`;
export const exceptionsPath = (workspace: string, id?: string): string => `/w/${workspace}/exceptions${id === undefined ? '' : `?open=${encodeURIComponent(id)}`}`;
export const versionPath = (workspace: string, model: string, version: number): string =>
  `/w/${workspace}/models/${encodeURIComponent(model)}/versions/${version}`;
