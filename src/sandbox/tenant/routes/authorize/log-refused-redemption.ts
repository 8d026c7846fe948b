import type { RedemptionRefusal } from '../../checks/redemption/redemption-check.ts';
import { singleSignOnWarnings } from '../../checks/redemption/single-sign-on-warnings.ts';
import type { Caller, TenantContext } from '../../context.ts';
import type { SessionTransferToken } from '../../memory.ts';
import type { TenantClient, TenantUser } from '../../model.ts';

/** What is known about a redemption that was refused; nothing of the token when nobody minted it. */
export type RefusedRedemption = {
  client: TenantClient;
  caller: Caller;
  correlationId?: string | undefined;
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
  { client, caller, correlationId, user, token }: RefusedRedemption,
  refusal: RedemptionRefusal,
): void => {
  const { refusedRedemptionLogDetail: detail } = context.choices;
  const { warning, alwaysLogged = false } = refusal;
  if (detail === 'none' && !alwaysLogged) {
    return;
  }
  const tellsCause = detail === 'cause' || alwaysLogged;
  const tokenFound = warning !== singleSignOnWarnings.notFoundOrExpired;
  context.log.write({
    type: warning === undefined ? 'f' : 'w',
    description: tellsCause ? (warning ?? refusal.description) : undefined,
    error: { code: refusal.error, type: tellsCause ? refusal.type : undefined },
    client,
    // Who a token was for is not known of one that was not found.
    user: tokenFound ? user : undefined,
    connection: tokenFound ? token?.connection : undefined,
    actor: token?.actor,
    correlationId,
    fromSessionTransfer: true,
    ip: caller.ip,
    userAgent: caller.userAgent,
    hostname: caller.domain.hostname,
  });
};
