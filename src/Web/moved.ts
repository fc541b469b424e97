/** An address that a client of another product printed, which leads to a page of ours. */
export interface MovedAddress {
  /** `/` or `/w/risk/`. */
  path: string;
  /** With its question mark. */
  search: string;
  /** With its hash sign; may hold a search part of its own. */
  hash: string;
}

/** The workspace that such an address means: of its path, of `?workspace=` in either place, else `default`. */
export function movedWorkspace({ path, search, hash }: MovedAddress): string {
  const prefix = /^\/w\/([^/]+)\/?$/.exec(path)?.[1];
  if (prefix !== undefined) {
    return prefix;
  }
  const asked = new URLSearchParams(search).get('workspace') ?? new URLSearchParams(hash.split('?')[1] ?? '').get('workspace');
  return encodeURIComponent(asked === null || asked === '' ? 'default' : asked);
}
