import type { FurtherView } from '../views/further-view.tsx';
import { createCell } from './cell.ts';

/** Draws everything but the search and what stands below it, once its script is loaded. */
export const furtherView = createCell<typeof FurtherView | undefined>(undefined);
