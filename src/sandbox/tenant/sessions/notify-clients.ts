import type { TenantContext } from '../context.ts';
import { everyDomain } from '../domain.ts';
import type { Session } from '../memory.ts';
import type { TenantClient } from '../model.ts';

/** What ended a session. @see Auth0 Management API v2, `backchannel_logout_initiators` */
export type LogoutInitiator = 'rp-logout' | 'session-revoked' | 'session-deleted';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const LIFETIME_IN_SECONDS = 120;

/** `rp-logout` is always on; other initiators only where the client selected them, or all of them. */
const wants = (client: TenantClient, initiator: LogoutInitiator): boolean => {
  const initiators = client.oidc_logout?.backchannel_logout_initiators;
  return (
    initiator === 'rp-logout' ||
    initiators?.mode === 'all' ||
    initiators?.selected_initiators?.includes(initiator) === true
  );
};

/** A logout token: about one session at one client, and never usable as an ID token. */
const signLogoutToken = (
  context: TenantContext,
  session: Session,
  client: TenantClient,
): Promise<string> => {
  const now = Math.floor(context.clock() / 1000);
  const domain = everyDomain(context.domains).find(({ origin }) => origin === session.origin);
  return context.signer.sign(
    {
      iss: domain?.issuer ?? '',
      sub: session.userId,
      aud: client.client_id,
      iat: now,
      exp: now + LIFETIME_IN_SECONDS,
      jti: context.randomToken(16),
      events: { [EVENT]: {} },
      sid: session.id,
    },
    'logout+jwt',
  );
};

const notify = async (
  context: TenantContext,
  session: Session,
  client: TenantClient,
  url: string,
): Promise<void> => {
  const logoutToken = await signLogoutToken(context, session, client);
  const status = await context.postLogoutToken(url, logoutToken);
  const succeeded = status === 200 || status === 204;
  context.log.write({
    type: succeeded ? 'oidc_backchannel_logout_succeeded' : 'oidc_backchannel_logout_failed',
    description: succeeded
      ? undefined
      : `The application answered ${status === undefined ? 'nothing' : status}.`,
    client,
    user: context.directory.users.get(session.userId),
    sessionId: session.id,
    sessionMetadata: session.metadata,
    ip: session.device.lastIp,
  });
};

/**
 * Posts a logout token to every client of a session that asked for it.
 *
 * @see OpenID Connect Back-Channel Logout 1.0 §2.4, §2.5; Auth0 documentation, "OIDC Back-Channel Logout"
 */
export const notifyClients = async (
  context: TenantContext,
  session: Session,
  initiator: LogoutInitiator,
): Promise<void> => {
  for (const clientId of session.clientIds) {
    const client = context.directory.clients.get(clientId);
    if (!client || !wants(client, initiator)) {
      continue;
    }
    for (const url of client.oidc_logout?.backchannel_logout_urls ?? []) {
      await notify(context, session, client, url);
    }
  }
};
