import createClient, { type FetchResponse } from 'openapi-fetch';
import type { PathsWithMethod } from 'openapi-typescript-helpers';
import type { paths } from './api';
import { problemOf } from './problem';

/** The native API, typed by the server's OpenAPI document. A refusal is thrown as a ProblemError. */
export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? '',
  // Looked up at each call, so that a test may put its own in place.
  fetch: (request) => globalThis.fetch(request),
});

api.use({
  async onResponse({ response }) {
    if (response.ok) {
      return undefined;
    }
    const body: unknown = await response
      .clone()
      .json()
      .catch(() => undefined);
    throw problemOf(response.status, body, response.headers.get('x-request-id') ?? undefined);
  },
});

/** The value of a call that succeeded. */
export async function value<T>(call: Promise<{ data?: T }>): Promise<NonNullable<T>> {
  const { data } = await call;
  return data as NonNullable<T>;
}

/** What a GET of the path answers with. */
export type Reply<P extends PathsWithMethod<paths, 'get'>> = NonNullable<
  FetchResponse<paths[P]['get'] & Record<string | number, unknown>, unknown, 'application/json'>['data']
>;

/** One item of a list. */
export type Item<P extends PathsWithMethod<paths, 'get'>> = Reply<P> extends { items: readonly (infer T)[] } ? T : never;
