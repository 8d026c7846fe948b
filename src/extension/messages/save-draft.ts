import { draftSchema } from './draft.ts';
import { declareMessage, nothingSchema } from './message-declaration.ts';

/** Keeps what was typed and chosen, for when the popup loses focus and closes. */
export const saveDraft = declareMessage('save_draft', 'extension_page', draftSchema, nothingSchema);
