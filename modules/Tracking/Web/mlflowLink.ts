import { movedWorkspace, type MovedAddress } from '@/moved';

/** Where an address of a run, a logged model or an experiment that MLflow's clients print leads: `/#/experiments/1/runs/abc` is our run page. */
export function mlflowLink(address: MovedAddress): string | undefined {
  const found = /^#\/experiments(?:\/([^/?]+))?(?:\/(runs|models)\/([^/?]+))?(?=[/?]|$)/.exec(address.hash);
  if (!found) {
    return undefined;
  }
  const workspace = movedWorkspace(address);
  const [, experiment, kind, id] = found;
  if (kind === 'runs') {
    return `/w/${workspace}/runs/${id}`;
  }
  if (experiment === undefined) {
    return `/w/${workspace}/experiments`;
  }
  const place = `experiment=${encodeURIComponent(experiment)}`;
  return id === undefined ? `/w/${workspace}/runs?${place}` : `/w/${workspace}/logged-models?${place}&model=${encodeURIComponent(id)}`;
}
