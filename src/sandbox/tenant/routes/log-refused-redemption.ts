import type { RedemptionRefusal } from '../checks/redemption/redemption-check.ts';
import type { Caller, TenantContext } from '../context.ts';
import type { SessionTransferToken } from '../memory.ts';
import type { TenantClient, TenantOrganization, TenantUser } from '../model.ts';

/** What is known about a redemption that was refused; nothing of the token when nobody minted it. */
export type RefusedRedemption = {
  client: TenantClient;
  caller: Caller;
  organization?: TenantOrganization | undefined;
  user?: TenantUser | undefined;
  token?: Pick<SessionTransferToken, 'connection' | 'actor'> | undefined;
};

/**
 * Logs a refused redemption with as much of its cause as this tenant is chosen to tell. The warning
 * about a client's configuration is documented and always there.
 *
 * @see Auth0 documentation, "Session Delegation", troubleshooting
 */
export const logRefusedRedemption = (
  context: TenantContext,
  { client, caller, organization, user, token }: RefusedRedemption,
  refusal: RedemptionRefusal,
): void => {
  const { refusedRedemptionLogDetail, refusedRedemptionLogType } = context.choices;
  const detail = refusal.warning ? 'cause' : refusedRedemptionLogDetail;
  if (detail === 'none') return;
  context.log.write({
    type: refusal.warning ? 'w' : refusedRedemptionLogType,
    ...(detail === 'cause'
      ? {
          description: refusal.description,
          error: { code: refusal.error, type: refusal.type },
        }
      : {}),
    client,
    user,
    organization,
    connection: token?.connection,
    actor: token?.actor,
    ip: caller.ip,
    userAgent: caller.userAgent,
    hostname: caller.domain.hostname,
  });
};
