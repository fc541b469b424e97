import { useEffect, useEffectEvent } from 'react';
import type { IconName } from '@/parts/Icon';

/** Something that can be done on the page that is open. */
export interface Action {
  id: string;
  title: string;
  icon: IconName;
  run: () => void;
}

const offered = new Set<readonly Action[]>();

export const offeredActions = (): Action[] => [...offered].flat();

/** Offers actions in the palette while the component is shown. */
export function useActions(actions: readonly Action[]): void {
  const latest = useEffectEvent((id: string) => actions.find((action) => action.id === id)?.run());
  const shape = JSON.stringify(actions.map(({ id, title, icon }) => ({ id, title, icon })));

  useEffect(() => {
    const mine = (JSON.parse(shape) as Omit<Action, 'run'>[]).map((action) => ({ ...action, run: () => latest(action.id) }));
    offered.add(mine);
    return () => void offered.delete(mine);
  }, [shape]);
}
