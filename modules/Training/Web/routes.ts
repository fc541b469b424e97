import type { WebModule } from '@/module';
import { tell } from './tell';

/** Training has no pages of its own: its results stand on runs, pipeline runs and models. */
export const training: WebModule = { pages: [], tell };
