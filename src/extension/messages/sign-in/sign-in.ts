import { declareMessage, nothingSchema } from '../wire/message-declaration.ts';

/**
 * The agent wants to sign in. Answered when the sign-in window closes; by then the popup has usually lost the
 * focus and closed.
 */
export const signIn = declareMessage('sign_in', 'extension_page', nothingSchema, nothingSchema);
