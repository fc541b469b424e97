/**
 * Where an address that MLflow's clients print leads: `/#/experiments/1/runs/abc` is our run page, in the workspace of the tracking address
 * (`/w/risk/#/…`), else in `default`.
 */
export function mlflowLink(path: string, hash: string): string | undefined {
  const found = /^#\/experiments(?:\/([^/?]+))?(?:\/runs\/([^/?]+))?/.exec(hash);
  if (!found) {
    return undefined;
  }
  const workspace = /^\/w\/([^/]+)\/?$/.exec(path)?.[1] ?? 'default';
  const [, experiment, run] = found;
  if (run !== undefined) {
    return `/w/${workspace}/runs/${run}`;
  }
  return experiment === undefined ? `/w/${workspace}/experiments` : `/w/${workspace}/runs?experiment=${encodeURIComponent(experiment)}`;
}
