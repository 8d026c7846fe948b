import { type ManagementClient, ManagementError } from 'auth0';
import * as z from 'zod/mini';
import { agentIdSchema, customerIdSchema, launchIdSchema } from '../../../../contract/ids.ts';
import type { SessionLook, Tenant } from '../../../ports/tenant.ts';
import { managementAnswer } from './management.ts';

/** Deletion is asynchronous at Auth0: looked at this often, this long apart, before it counts as not done. */
const LOOKS = 5;
const LOOK_MILLISECONDS = 400;
/** The key that the post-login Action writes the launch under. */
const LAUNCH_METADATA_KEY = 'understudy_launch';

const sessionSchema = z.object({
  user_id: z.optional(z.string()),
  actor: z.nullish(z.object({ sub: z.optional(z.string()) })),
  session_metadata: z.nullish(z.record(z.string(), z.unknown())),
});

const describe = (raw: unknown): SessionLook => {
  const { user_id, actor, session_metadata } = sessionSchema.parse(raw);
  const customerId = customerIdSchema.safeParse(user_id).data;
  const agentId = agentIdSchema.safeParse(actor?.sub).data;
  const launchId = launchIdSchema.safeParse(session_metadata?.[LAUNCH_METADATA_KEY]).data;
  return {
    ...(customerId && { customerId }),
    ...(agentId && { agentId }),
    ...(launchId && { launchId }),
  };
};

const isNotInPlan = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof ManagementError &&
  error.cause.statusCode === 403;

const unlessNotInPlan = async <T>(work: () => Promise<T>): Promise<T | 'not_in_plan'> => {
  try {
    return await work();
  } catch (error) {
    if (isNotInPlan(error)) {
      return 'not_in_plan';
    }
    throw error;
  }
};

/**
 * Sessions over the Management API, which Auth0 offers on Enterprise plans only.
 * @see Auth0 "Sessions with the Management API"
 */
export const createTenantSessions = (
  management: ManagementClient,
  delay: (milliseconds: number) => Promise<void>,
): Tenant['sessions'] => ({
  look: (sessionId) =>
    unlessNotInPlan(async () => {
      const session = await managementAnswer(management.sessions.get(sessionId));
      return session === undefined ? 'gone' : describe(session);
    }),
  end: (sessionId) =>
    unlessNotInPlan(async () => {
      await managementAnswer(management.sessions.delete(sessionId));
      for (let look = 0; look < LOOKS; look += 1) {
        if ((await managementAnswer(management.sessions.get(sessionId))) === undefined) {
          return 'gone';
        }
        await delay(LOOK_MILLISECONDS);
      }
      return 'still_there';
    }),
});
