import { movedWorkspace, type MovedAddress } from '@/moved';

/** Where an address of a run or an experiment that MLflow's clients print leads: `/#/experiments/1/runs/abc` is our run page. */
export function mlflowLink(address: MovedAddress): string | undefined {
  const found = /^#\/experiments(?:\/([^/?]+))?(?:\/runs\/([^/?]+))?(?=[/?]|$)/.exec(address.hash);
  if (!found) {
    return undefined;
  }
  const workspace = movedWorkspace(address);
  const [, experiment, run] = found;
  if (run !== undefined) {
    return `/w/${workspace}/runs/${run}`;
  }
  return experiment === undefined ? `/w/${workspace}/experiments` : `/w/${workspace}/runs?experiment=${encodeURIComponent(experiment)}`;
}
