/** Where to go after signing in: a path of this site and nothing else, so that a link cannot lead people away. */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])/.test(next)) {
    return '/';
  }
  try {
    const url = new URL(next, 'http://here');
    return url.origin === 'http://here' && !['/sign-in', '/set-up'].includes(url.pathname) ? url.pathname + url.search + url.hash : '/';
  } catch {
    return '/';
  }
}

/** The token in the fragment of a set-up link, which browsers do not send to servers. */
export const tokenOf = (hash: string): string | undefined => new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? undefined;
