import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, value } from '@/api/client';
import { useChanges } from '@/live/useLive';
import { touchedRuns, withFresh } from './liveRuns';
import { runPage, runsQuery, type RunPage, type RunsQuestion } from './queries';

const readAtOnce = 25;

/** Keeps loaded rows fresh in place and counts the new ones, which wait until they are asked for. */
export function useLiveRuns(workspace: string, question: RunsQuestion, loaded: ReadonlySet<string>): { waiting: number; reveal: () => void } {
  const queries = useQueryClient();
  const { queryKey } = runsQuery(workspace, question);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const keyText = JSON.stringify(queryKey);
  useEffect(() => setFresh(new Set()), [keyText]);

  const reveal = () => {
    setFresh(new Set());
    // Only the first page: reading every page again that somebody had scrolled to would be slow and would not be looked at.
    queries.setQueryData<InfiniteData<RunPage, string | undefined>>(
      queryKey,
      (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    );
    void queries.invalidateQueries({ queryKey });
  };

  useChanges((changes) => {
    if (changes.some(({ kind }) => kind === 'resync')) {
      void queries.invalidateQueries({ queryKey });
      return;
    }
    const touched = touchedRuns(changes, workspace, question.experiment);
    const known = [...touched].filter((id) => loaded.has(id));
    const unknown = [...touched].some((id) => !loaded.has(id));
    if (loaded.size === 0 && unknown) {
      void queries.invalidateQueries({ queryKey });
      return;
    }
    if (known.length > readAtOnce) {
      void queries.invalidateQueries({ queryKey });
    } else if (known.length > 0) {
      void refresh(known);
    }
    if (unknown) {
      void count();
    }
  });

  const refresh = async (ids: readonly string[]) => {
    const answers = await Promise.allSettled(
      ids.map((runId) => value(api.GET('/api/v1/w/{workspace}/runs/{runId}', { params: { path: { workspace, runId } } }))),
    );
    const runs = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.run] : []));
    queries.setQueryData<InfiniteData<RunPage, string | undefined>>(queryKey, (data) => data && { ...data, pages: withFresh(data.pages, runs) });
  };
  const count = async () => {
    const head = await runPage(workspace, question, undefined, new AbortController().signal).catch(() => undefined);
    if (head) {
      setFresh((before) => new Set([...before, ...head.items.map(({ runId }) => runId)].filter((id) => !loaded.has(id))));
    }
  };

  return { waiting: fresh.size, reveal };
}
