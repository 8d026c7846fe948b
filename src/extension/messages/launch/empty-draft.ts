import type { Draft } from './draft.ts';

/** Nothing typed, nothing chosen. Apart from its schema, which views do without. */
export const EMPTY_DRAFT: Draft = { query: '', reason: '', ticket: '' };
