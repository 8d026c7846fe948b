import { ROLE_CLAIM } from '../role-claim.ts';
import { optionalSecret, requireList, SecretError } from '../secrets.ts';
import type { Actor, LaunchActor, PostLoginApi, PostLoginEvent } from './event.ts';
import { protectionReason } from './protection.ts';
import { redemptionReason } from './redemption.ts';
import { askForSecondFactor } from './second-factor.ts';
import { markSession } from './session.ts';
import { readSettings, type Settings } from './settings.ts';

const EXCHANGE_PROTOCOL = 'oauth2-token-exchange';

const actorOf = ({ session, transaction }: PostLoginEvent): Actor | undefined =>
  session?.actor ?? transaction?.actor;

const isLaunchActor = (actor: Actor | undefined): actor is LaunchActor =>
  typeof actor?.launch === 'string' && actor.launch !== '';

/** A launch is exchanged by the requesting application and redeemed in its app, nowhere else. */
const placeReason = (
  event: PostLoginEvent,
  actor: LaunchActor,
  settings: Settings,
): string | undefined => {
  if (event.session?.actor) {
    return redemptionReason(event, actor, settings.alsoOpens);
  }
  return event.client.client_id === settings.requestingClientId
    ? undefined
    : 'This application may not act for agents.';
};

const judgeLaunch = (event: PostLoginEvent, api: PostLoginApi, actor: LaunchActor): void => {
  const settings = readSettings(event.secrets);
  const reason =
    protectionReason(event, actor.sub, settings.protection) ?? placeReason(event, actor, settings);
  if (reason) {
    api.access.deny(reason);
    return;
  }
  if (event.session?.actor && event.session_transfer_token) {
    markSession(api.session, actor, settings, new Date());
  }
};

/** The requesting application exchanges tokens for nothing but launches; see {@link onExecutePostLogin}. */
const isExchangeByRequestingClient = (event: PostLoginEvent): boolean =>
  event.client.client_id === optionalSecret(event.secrets, 'REQUESTING_CLIENT_ID') &&
  (event.transaction?.protocol === EXCHANGE_PROTOCOL || event.transaction?.actor !== undefined);

const claimRoles = (event: PostLoginEvent, api: PostLoginApi): void => {
  const agentRoles = requireList(event.secrets, 'AGENT_ROLES');
  const roles = event.authorization?.roles ?? [];
  api.idToken.setCustomClaim(
    ROLE_CLAIM,
    roles.filter((role) => agentRoles.includes(role)),
  );
};

const judge = (event: PostLoginEvent, api: PostLoginApi): void => {
  const actor = actorOf(event);
  if (isLaunchActor(actor)) {
    judgeLaunch(event, api, actor);
    return;
  }
  if (isExchangeByRequestingClient(event)) {
    api.access.deny('This application exchanges tokens for launches only.');
    return;
  }
  const isExtension =
    event.client.client_id === optionalSecret(event.secrets, 'EXTENSION_CLIENT_ID');
  if (!actor && isExtension) {
    askForSecondFactor(event, api);
    claimRoles(event, api);
  }
};

/**
 * Auth0 Action, trigger post-login. For an agent signing in to the extension: puts their roles into
 * the ID token, and asks for a second factor where the company's rules wanted one. For a launch, at the exchange and again at redemption: refuses protected customers,
 * accounts that are not customers' or are linked to others, the agent's own account, and any app or
 * organization other than the launch's. Refuses every other exchange by the requesting application, so
 * that a laxer token exchange profile of the tenant is no way in.
 *
 * Every other login passes untouched, whatever is wrong with this Action: a secret that is missing or
 * unreadable, and any fault inside, refuse only where somebody acts for somebody else.
 *
 * Secrets: `EXTENSION_CLIENT_ID`, and those of {@link readSettings}.
 * @see Auth0 "Session Delegation", post-login Actions
 */
export const onExecutePostLogin = async (
  event: PostLoginEvent,
  api: PostLoginApi,
): Promise<void> => {
  try {
    judge(event, api);
  } catch (error) {
    if (!actorOf(event)) {
      return;
    }
    api.access.deny(error instanceof SecretError ? error.message : 'The Action failed.');
  }
};
