import { lazy } from 'react';
import type { WebModule } from '@/module';

/** The four answers stand on the page of a model; they have none of their own. */
export const answers: WebModule = {
  pages: [],
  panels: [{ page: 'model', permission: 'answers.read', component: lazy(() => import('./FourAnswers').then(({ FourAnswers }) => ({ default: FourAnswers }))) }],
};
