import { type ManagementClient, ManagementError } from 'auth0';
import type { Tenant } from '../../ports/tenant.ts';
import { managementAnswer } from './management.ts';

/** Deletion is asynchronous at Auth0: looked at this often, this long apart, before it counts as not done. */
const LOOKS = 5;
const LOOK_MILLISECONDS = 400;

const isNotInPlan = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof ManagementError &&
  error.cause.statusCode === 403;

/**
 * Sessions over the Management API, which Auth0 offers on Enterprise plans only.
 * @see Auth0 "Sessions with the Management API"
 */
export const createTenantSessions = (
  management: ManagementClient,
  delay: (milliseconds: number) => Promise<void>,
): Tenant['sessions'] => ({
  end: async (sessionId) => {
    try {
      await managementAnswer(management.sessions.delete(sessionId));
      for (let look = 0; look < LOOKS; look += 1) {
        if ((await managementAnswer(management.sessions.get(sessionId))) === undefined)
          return 'gone';
        await delay(LOOK_MILLISECONDS);
      }
      return 'still_there';
    } catch (error) {
      if (isNotInPlan(error)) return 'not_in_plan';
      throw error;
    }
  },
});
