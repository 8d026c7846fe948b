import * as z from 'zod/mini';
import type { StorageArea } from '../../browser/storage.ts';
import { problemReportSchema } from '../../messages/wire/problem-schema.ts';
import { storedValue } from '../storage/stored-value.ts';

/** What the views say about signing in, besides whether there are tokens. */
const signInStatusSchema = z.object({
  signingIn: z.boolean(),
  problem: z.optional(problemReportSchema),
  /** The last sign-out could not end the sign-in's web session. */
  webSessionLeft: z.boolean(),
});
export type SignInStatus = z.infer<typeof signInStatusSchema>;

/** Nothing going on. */
const CALM: SignInStatus = { signingIn: false, webSessionLeft: false };

/** Keeps the {@link SignInStatus} for the browser session. */
export const createSignInStatus = (session: StorageArea) => {
  const stored = storedValue(session, 'signIn', signInStatusSchema);
  return { read: async () => (await stored.read()) ?? CALM, write: stored.write };
};
