import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, value, type Item, type Reply } from '@/api/client';

export type Answers = Reply<'/api/v1/w/{workspace}/models/{name}/answers'>;
export type Answer = Answers['answers'][number];
export type Moment = Item<'/api/v1/w/{workspace}/models/{name}/moments'>;

/** Moments that the slider steps through, at most: the newest. */
const MOMENTS = 1_000;

/** @param asOf absent: now */
export const answersQuery = (workspace: string, name: string, asOf?: string) =>
  queryOptions({
    queryKey: ['answers', workspace, name, asOf ?? 'now'],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/models/{name}/answers', { params: { path: { workspace, name }, query: { asOf } }, signal })),
    placeholderData: keepPreviousData,
    // The past does not change.
    staleTime: asOf === undefined ? 0 : Infinity,
  });

/** Oldest first. */
export const momentsQuery = (workspace: string, name: string) =>
  queryOptions({
    queryKey: ['answers', workspace, name, 'moments'],
    queryFn: async ({ signal }) => {
      const page = await value(api.GET('/api/v1/w/{workspace}/models/{name}/moments', { params: { path: { workspace, name }, query: { limit: MOMENTS } }, signal }));
      return page.items.toReversed();
    },
  });
