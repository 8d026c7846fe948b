import * as z from 'zod/mini';
import { declareMessage } from '../wire/message-declaration.ts';

/**
 * Chooses whether closing a session's last tab ends it. Answers what applies from now on: a company's policy wins.
 */
export const endWithLastTab = declareMessage(
  'end_with_last_tab',
  'extension_page',
  z.strictObject({ chosen: z.optional(z.boolean()) }),
  z.object({ chosen: z.boolean() }),
);
