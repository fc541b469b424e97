/** Pages of other rooms. */
export const modelPath = (workspace: string, model: string): string => `/w/${workspace}/models/${encodeURIComponent(model)}`;
export const versionPath = (workspace: string, model: string, version: number): string => `${modelPath(workspace, model)}/versions/${version}`;
export const endpointPath = (workspace: string, endpoint: string): string => `/w/${workspace}/endpoints/${encodeURIComponent(endpoint)}`;
export const pipelinePath = (workspace: string, pipeline: string): string => `/w/${workspace}/pipeline-runs?pipeline=${encodeURIComponent(pipeline)}`;
export const pipelineRunPath = (workspace: string, runId: string): string => `/w/${workspace}/pipeline-runs/${encodeURIComponent(runId)}`;
