import { Suspense } from 'react';
import { may, useSession } from '@/api/session';
import type { Panel } from '@/module';
import { useModules } from './modules';

/** What other modules show on a page, in their order. */
export function Panels({ page, workspace, id }: { page: Panel['page']; workspace: string; id: string }) {
  const session = useSession();
  return useModules()
    .flatMap(({ panels = [] }) => panels)
    .filter((panel) => panel.page === page && (!panel.permission || may(session, panel.permission, workspace)))
    .map(({ component: Shown }, at) => (
      <Suspense key={at}>
        <Shown workspace={workspace} id={id} />
      </Suspense>
    ));
}
