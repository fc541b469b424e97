import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useChanges } from '@/live/useLive';
import { pipelineRunsQuery, readRun, type RunPage, type RunSummary } from './queries';
import { summaryOf } from './states';

const readAtOnce = 25;

/** Keeps loaded rows fresh in place and counts the new ones, which wait until they are asked for. */
export function useLivePipelineRuns(workspace: string, pipeline: string | undefined, loaded: ReadonlySet<string>): { waiting: number; reveal: () => void } {
  const queries = useQueryClient();
  const { queryKey } = pipelineRunsQuery(workspace, pipeline);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => setFresh(new Set()), [workspace, pipeline]);

  const reveal = () => {
    setFresh(new Set());
    queries.setQueryData<InfiniteData<RunPage, string | undefined>>(
      queryKey,
      (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    );
    void queries.invalidateQueries({ queryKey });
  };

  useChanges((changes) => {
    const touched = new Set(changes.filter((change) => change.kind === 'pipelineRun' && change.workspace === workspace).map(({ id }) => id));
    if (changes.some(({ kind }) => kind === 'resync') || (loaded.size === 0 && touched.size > 0)) {
      void queries.invalidateQueries({ queryKey });
      return;
    }
    const ids = [...touched].slice(0, readAtOnce);
    if (ids.length > 0) {
      void refresh(ids);
    }
  });

  const refresh = async (ids: readonly string[]) => {
    const answers = await Promise.allSettled(ids.map((id) => readRun(workspace, id)));
    const runs = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [summaryOf(answer.value)] : []));
    const mine = runs.filter((run) => pipeline === undefined || run.pipeline === pipeline);
    queries.setQueryData<InfiniteData<RunPage, string | undefined>>(queryKey, (data) => data && { ...data, pages: withFresh(data.pages, mine) });
    setFresh((before) => new Set([...before, ...mine.map(({ id }) => id)].filter((id) => !loaded.has(id))));
  };

  return { waiting: fresh.size, reveal };
}

/** The pages with these runs in place of their older selves; the order stays, so that no row jumps. */
export function withFresh(pages: readonly RunPage[], fresh: readonly RunSummary[]): RunPage[] {
  const byId = new Map(fresh.map((run) => [run.id, run]));
  return pages.map((page) => ({ ...page, items: page.items.map((run) => byId.get(run.id) ?? run) }));
}
