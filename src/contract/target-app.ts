import * as z from 'zod/mini';
import { targetAppIdSchema } from './ids.ts';

/**
 * An app that an agent can open. `loginUrl` is where a session transfer token is delivered,
 * `loginDomain` the host (with port) whose Auth0 session the app uses, `origins` all origins whose
 * pages are the app, `ways` how it can be opened: as a customer (`delegation`) or as oneself. `alsoOpens`
 * are the apps of the same suite: a customer's session that was opened here signs in there, too.
 */
export const targetAppSchema = z.object({
  id: targetAppIdSchema,
  name: z.string(),
  logoUrl: z.optional(z.string()),
  loginUrl: z.url(),
  logoutUrl: z.optional(z.url()),
  loginDomain: z.string(),
  origins: z.array(z.string()),
  organizationUsage: z.enum(['deny', 'allow', 'require']),
  alsoOpens: z.optional(z.array(targetAppIdSchema)),
  ways: z.array(z.enum(['delegation', 'native_to_web'])),
});
export type TargetApp = z.infer<typeof targetAppSchema>;

/** `GET /v1/target-apps`. */
export const targetAppsSchema = z.object({ targetApps: z.array(targetAppSchema) });
