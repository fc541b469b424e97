export const webhooksPath = (workspace: string): string => `/w/${workspace}/webhooks`;
export const webhookPath = (workspace: string, id: string): string => `${webhooksPath(workspace)}/${encodeURIComponent(id)}`;
