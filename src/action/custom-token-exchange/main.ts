import { SecretError } from '../secrets.ts';
import { authorizeExchange } from './authorize.ts';
import { setCustomer } from './customer-identity.ts';
import type { TokenExchangeApi, TokenExchangeEvent } from './event.ts';
import { readSettings } from './settings.ts';
import { KeysUnavailableError } from './subject-token-keys.ts';

/** How long a launch is remembered as exchanged, in milliseconds: longer than a subject token lives. */
const SEEN_FOR_MILLISECONDS = 5 * 60 * 1000;

const exchange = async (event: TokenExchangeEvent, api: TokenExchangeApi): Promise<void> => {
  const seenKey = (launchId: string) => `exchanged:${launchId}`;
  const outcome = await authorizeExchange(
    event,
    readSettings(event.secrets, api.cache),
    { has: (launchId) => api.cache.get(seenKey(launchId)) !== undefined },
    new Date(),
  );
  if ('refused' in outcome) {
    if (outcome.countsAgainstIp) {
      api.access.rejectInvalidSubjectToken(outcome.reason);
    } else {
      api.access.deny(outcome.code, outcome.reason);
    }
    return;
  }
  api.cache.set(seenKey(outcome.jti), '1', { ttl: SEEN_FOR_MILLISECONDS });
  setCustomer(api.authentication, outcome);
  api.authentication.setActor({
    sub: outcome.may_act.sub,
    app: outcome.app,
    ...(outcome.org !== undefined && { org: outcome.org }),
    launch: outcome.jti,
    mode: outcome.mode,
    grant: `m=${outcome.minutes}`,
  });
};

/**
 * Auth0 Action, trigger custom-token-exchange: lets an agent act as one customer in one app, or refuses
 * with a code. The actor object ties the session to app, organization and launch, so that redemption,
 * tenant logs and tokens can be matched with a ledger row; `grant` tells the post-login Action how many
 * minutes the session may live. Whatever goes wrong inside is a refusal, too.
 * @see Auth0 "Session Delegation"; "Custom Token Exchange Trigger"
 */
export const onExecuteCustomTokenExchange = async (
  event: TokenExchangeEvent,
  api: TokenExchangeApi,
): Promise<void> => {
  try {
    await exchange(event, api);
  } catch (error) {
    // Only messages of our own are passed on: others can quote tokens or keys.
    const isOwn = error instanceof SecretError || error instanceof KeysUnavailableError;
    const reason = isOwn ? error.message : 'The Action failed.';
    api.access.deny('action_failed', reason);
  }
};
