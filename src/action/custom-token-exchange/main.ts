import { authorizeExchange } from './authorize.ts';
import { idWithinConnection } from './customer-identity.ts';
import type { TokenExchangeApi, TokenExchangeEvent } from './event.ts';
import { readSettings } from './settings.ts';

/** How long a launch is remembered as exchanged, in milliseconds: longer than a subject token lives. */
const SEEN_FOR_MILLISECONDS = 5 * 60 * 1000;

/**
 * Auth0 Action, trigger custom-token-exchange: lets an agent act as one customer in one app, or refuses
 * with a code. The actor object ties the session to app, organization and launch, so that redemption,
 * tenant logs and tokens can be matched with a ledger row.
 * @see Auth0 "Session Delegation"; "Custom Token Exchange Trigger"
 */
export const onExecuteCustomTokenExchange = async (
  event: TokenExchangeEvent,
  api: TokenExchangeApi,
): Promise<void> => {
  const seenKey = (launchId: string) => `exchanged:${launchId}`;
  const outcome = await authorizeExchange(
    event,
    readSettings(event.secrets),
    { has: (launchId) => api.cache.get(seenKey(launchId)) !== undefined },
    new Date(),
  );
  if ('refused' in outcome) {
    if (outcome.countsAgainstIp) api.access.rejectInvalidSubjectToken(outcome.reason);
    else api.access.deny(outcome.code, outcome.reason);
    return;
  }
  api.cache.set(seenKey(outcome.jti), '1', { ttl: SEEN_FOR_MILLISECONDS });
  api.authentication.setUserByConnection(
    outcome.connection,
    { user_id: idWithinConnection(outcome.sub, outcome.connection) },
    { creationBehavior: 'none', updateBehavior: 'none' },
  );
  api.authentication.setActor({
    sub: outcome.may_act.sub,
    sub_profile: 'human',
    app: outcome.app,
    ...(outcome.org === undefined ? {} : { org: outcome.org }),
    launch: outcome.jti,
    mode: outcome.mode,
  });
};
