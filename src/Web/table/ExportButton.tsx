import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { asProblem } from '@/api/problem';
import { csv, download } from '@/parts/csv';
import { count } from '@/parts/format';
import { Icon } from '@/parts/Icon';
import type { Column } from './columns';

interface ExportButtonProps<Row> {
  name: string;
  columns: readonly Column<Row>[];
  /** One page of the whole result. */
  page: (cursor: string | undefined, signal: AbortSignal) => Promise<{ items: readonly Row[]; next?: string | null }>;
}

/** CSV of the whole result, page after page, not only of what is loaded; a second click stops. */
export function ExportButton<Row>({ name, columns, page }: ExportButtonProps<Row>) {
  const [said, say] = useState('');
  const running = useRef<AbortController>(undefined);

  const run = async () => {
    if (running.current) {
      running.current.abort();
      return;
    }
    const { signal } = (running.current = new AbortController());
    try {
      const parts: string[] = [csv([columns.map(({ title }) => title)])];
      let cursor: string | undefined;
      let rows = 0;
      do {
        const answer = await page(cursor, signal);
        parts.push(csv(answer.items.map((row) => columns.map((column) => column.text(row)))));
        rows += answer.items.length;
        cursor = answer.next ?? undefined;
        say(`${count(rows)} rows`);
      } while (cursor !== undefined);
      download(name, new Blob(parts, { type: 'text/csv;charset=utf-8' }));
      say('');
    } catch (error) {
      say(signal.aborted ? '' : asProblem(error).detail);
    } finally {
      running.current = undefined;
    }
  };

  return (
    <Button
      variant="default"
      size="compact-md"
      leftSection={<Icon name="download" />}
      onClick={() => void run()}
      title="The whole result with the columns shown"
    >
      CSV<span role="status">{said && ` · ${said}`}</span>
    </Button>
  );
}
