import { ROLE_CLAIM } from '../role-claim.ts';
import { requireList, requireSecret } from '../secrets.ts';
import type { PostLoginApi, PostLoginEvent } from './event.ts';
import { protectionReason } from './protection.ts';
import { redemptionReason } from './redemption.ts';

/** The key in `app_metadata` that protects an account, unless the secret `PROTECTED_METADATA_KEY` names another. */
const DEFAULT_METADATA_KEY = 'understudy_protected';

/**
 * Auth0 Action, trigger post-login. For an agent signing in to the extension: puts their roles into
 * the ID token. For a delegated login, at the exchange and again at redemption: refuses protected
 * customers, the agent's own account, and any app or organization other than the launch's. Every other
 * login passes untouched.
 *
 * Secrets: `EXTENSION_CLIENT_ID`, `AGENT_ROLES` and `PROTECTED_ROLES` (comma-separated),
 * `PROTECTED_METADATA_KEY` (default `understudy_protected`).
 * @see Auth0 "Session Delegation", post-login Actions
 */
export const onExecutePostLogin = async (
  event: PostLoginEvent,
  api: PostLoginApi,
): Promise<void> => {
  const actor = event.session?.actor ?? event.transaction?.actor;
  if (!actor) {
    if (event.client.client_id === requireSecret(event.secrets, 'EXTENSION_CLIENT_ID')) {
      const agentRoles = requireList(event.secrets, 'AGENT_ROLES');
      const roles = event.authorization?.roles ?? [];
      api.idToken.setCustomClaim(
        ROLE_CLAIM,
        roles.filter((role) => agentRoles.includes(role)),
      );
    }
    return;
  }
  const agentRoles = requireList(event.secrets, 'AGENT_ROLES');
  const reason =
    protectionReason(event, actor.sub, {
      roles: [...requireList(event.secrets, 'PROTECTED_ROLES'), ...agentRoles],
      metadataKey: event.secrets['PROTECTED_METADATA_KEY']?.trim() || DEFAULT_METADATA_KEY,
    }) ?? (event.session?.actor ? redemptionReason(event, actor) : undefined);
  if (reason) api.access.deny(reason);
};
