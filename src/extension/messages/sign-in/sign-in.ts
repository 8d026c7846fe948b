import { declareMessage, nothingSchema } from '../wire/message-declaration.ts';

/** The agent wants to sign in. Answered when the sign-in window is done; the popup is mostly gone by then. */
export const signIn = declareMessage('sign_in', 'extension_page', nothingSchema, nothingSchema);
