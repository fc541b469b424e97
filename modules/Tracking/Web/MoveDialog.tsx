import { Button, Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '@/api/problem';
import { Dialog } from '@/parts/Dialog';
import { counted } from '@/parts/format';
import { nameLike } from './filters';
import { experimentPage } from './queries';
import { moveRuns } from './trash';

interface MoveDialogProps {
  workspace: string;
  runIds: string[];
  onClose: () => void;
  onDone: () => void;
}

/** Asks which experiment the runs shall be in. */
export function MoveDialog({ workspace, runIds, onClose, onDone }: MoveDialogProps) {
  const [wanted, setWanted] = useState('');
  const [target, setTarget] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ['experiments', workspace, 'move', wanted],
    queryFn: ({ signal }) => experimentPage(workspace, wanted === '' ? {} : { filter: nameLike('attributes.name', wanted) }, undefined, signal),
    placeholderData: (before) => before,
  });
  const move = useMutation({ mutationFn: (experiment: string) => moveRuns(workspace, runIds, experiment), onSuccess: onDone });
  return (
    <Dialog label={`Move ${counted('run', runIds.length)}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (target !== null) {
            move.mutate(target);
          }
        }}
      >
        <Select
          label="To the experiment"
          description="They keep their ids, everything that was logged, and their files."
          data={(found.data?.items ?? []).map(({ experimentId, name }) => ({ value: experimentId, label: name }))}
          filter={({ options }) => options}
          searchable
          searchValue={wanted}
          onSearchChange={setWanted}
          value={target}
          onChange={setTarget}
          nothingFoundMessage="No experiment of that name"
          error={move.error ? asProblem(move.error).detail : undefined}
          required
          data-autofocus
        />
        <Button type="submit" mt="md" loading={move.isPending} disabled={target === null}>
          Move
        </Button>
      </form>
    </Dialog>
  );
}
