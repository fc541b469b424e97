import { movedWorkspace, type MovedAddress } from '@/moved';

/** Where an address of a model that MLflow's clients print leads: `/#/models/card/versions/3` is our version page. Prompts are models, too. */
export function mlflowLink(address: MovedAddress): string | undefined {
  const found = /^#\/(?:models|prompts)(?:\/([^/?]+))?(?:\/versions?\/(\d+))?(?=[/?]|$)/.exec(address.hash);
  if (!found) {
    return undefined;
  }
  const models = `/w/${movedWorkspace(address)}/models`;
  const [, name, version] = found;
  return name === undefined ? models : version === undefined ? `${models}/${name}` : `${models}/${name}/versions/${version}`;
}
