import { QueryClient } from '@tanstack/react-query';
import { asProblem } from './problem';

/** A refusal is final; only a missing answer or an overloaded server is worth another try. */
export function worthRetrying(failures: number, error: unknown): boolean {
  const { status, code } = asProblem(error);
  return failures < 3 && (code === 'unreachable' || status === 429 || status === 503);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: worthRetrying,
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      throwOnError: false,
    },
    mutations: { retry: false },
  },
});
