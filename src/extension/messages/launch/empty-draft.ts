import type { Draft } from './draft.ts';

/**
 * A draft in which nothing was typed or chosen. In a file without the schema, which would make the views' script
 * larger.
 */
export const EMPTY_DRAFT: Draft = { query: '', reason: '', ticket: '' };
