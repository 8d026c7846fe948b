import { declareMessage, nothingSchema } from '../wire/message-declaration.ts';
import { draftSchema } from './draft.ts';

/** Keeps what was typed and chosen, for when the popup loses focus and closes. */
export const saveDraft = declareMessage('save_draft', 'extension_page', draftSchema, nothingSchema);
