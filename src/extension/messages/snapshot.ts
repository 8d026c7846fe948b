import * as z from 'zod/mini';
import { meSchema } from '../../contract/agent.ts';
import { customerSchema } from '../../contract/customer.ts';
import { customerIdSchema, launchIdSchema, targetAppIdSchema } from '../../contract/ids.ts';
import { targetAppSchema } from '../../contract/target-app.ts';
import { prefillSchema } from './entry-points/prefill.ts';
import { draftSchema } from './launch/draft.ts';
import { launchStatusSchema, openInSchema } from './launch/launch-status.ts';
import { managedSchema } from './set-up/managed-settings.ts';
import { problemReportSchema } from './wire/problem-schema.ts';

/** A customer and an app that the agent launched before. `customer` is absent until the name is fetched, `gone` when the backend no longer knows the id. */
const recentSchema = z.object({
  customerId: customerIdSchema,
  targetAppId: targetAppIdSchema,
  customer: z.optional(customerSchema),
  gone: z.boolean(),
  pinned: z.boolean(),
});
export type Recent = z.infer<typeof recentSchema>;

/** Where an app was opened last. */
export const placeSchema = z.object({ app: z.string(), openIn: openInSchema });
export type Place = z.infer<typeof placeSchema>;

/**
 * A customer's session that may still be open since before the browser, or the extension, was started again.
 * It is in no other list: it becomes a session again when somebody sees it. The customer's name is known only
 * once the agent who opened it has signed in.
 */
const leftoverSchema = z.object({
  launchId: launchIdSchema,
  targetAppId: targetAppIdSchema,
  targetAppName: z.string(),
  since: z.iso.datetime(),
  endsAt: z.optional(z.iso.datetime()),
  openIn: openInSchema,
  /** Known once another agent has signed in; until then it is false. */
  openedBySomebodyElse: z.boolean(),
  customerName: z.optional(z.string()),
});
export type Leftover = z.infer<typeof leftoverSchema>;

/** All that a view needs to draw itself at once. Holds no token. */
export const snapshotSchema = z.object({
  backend: z.object({
    origin: z.optional(z.string()),
    issuer: z.optional(z.string()),
    managed: z.boolean(),
  }),
  /** What the company's policy sets; absent where it sets nothing. */
  managed: z.optional(managedSchema),
  signIn: z.object({
    state: z.enum(['signed_out', 'signing_in', 'signed_in']),
    problem: z.optional(problemReportSchema),
    webSessionLeft: z.boolean(),
  }),
  profile: z.optional(z.object({ me: meSchema, targetApps: z.array(targetAppSchema) })),
  profileProblem: z.optional(problemReportSchema),
  /** Every launch whose standing is acting, not_verified or ending. */
  sessions: z.array(launchStatusSchema),
  /** Shown before anybody has signed in, too. */
  leftovers: z.array(leftoverSchema),
  /** The set-up screen after the first sign-in: still to be shown, or declined for good. */
  setUp: z.object({ due: z.boolean(), declined: z.boolean() }),
  launch: z.optional(launchStatusSchema),
  recents: z.array(recentSchema),
  draft: draftSchema,
  places: z.array(placeSchema),
  draftCustomer: z.optional(customerSchema),
  prefill: z.optional(prefillSchema),
});
export type Snapshot = z.infer<typeof snapshotSchema>;
