import type { Caller, TenantContext } from '../context.ts';
import type { SessionTransferToken } from '../memory.ts';
import type { Actor, TenantClient, TenantOrganization, TenantUser } from '../model.ts';
import {
  clientPart,
  connectionPart,
  organizationPart,
  requestPart,
  userPart,
} from './event-parts.ts';

/** Who signs on, where and how. */
export type PostLoginSubject = {
  caller: Caller;
  ip: string;
  client: TenantClient;
  user: TenantUser;
  connection: string;
  organization: TenantOrganization | undefined;
  scopes: readonly string[];
  audience: string | undefined;
  protocol: 'oidc-basic-profile' | 'oauth2-token-exchange' | 'oauth2-refresh-token';
  query: Record<string, string>;
  body: Record<string, string>;
  /** Set at sign-in and silent sign-in, not at the exchange. */
  session?: { id: string; actor: Actor | undefined };
  /** Set at the exchange only. */
  transactionActor?: Actor | undefined;
  sessionTransferToken?: SessionTransferToken | undefined;
  correlationId?: string | undefined;
};

/** Within an organization, the roles held there count besides the tenant's own. */
const rolesPart = (directory: TenantContext['directory'], subject: PostLoginSubject) => {
  const { user, organization } = subject;
  return [
    ...directory.rolesOf(user.user_id),
    ...(organization ? directory.organizationRolesOf(organization, user.user_id) : []),
  ];
};

/** The `event` of post-login Actions. @see Auth0 documentation, "Actions Triggers: post-login - Event Object" */
export const postLoginEvent = ({ directory }: TenantContext, subject: PostLoginSubject) => {
  const stt = subject.sessionTransferToken;
  return {
    client: clientPart(subject.client),
    user: userPart(subject.user),
    connection: connectionPart(directory, subject.connection),
    organization: organizationPart(subject.organization),
    authorization: { roles: rolesPart(directory, subject).map(({ name }) => name) },
    request: {
      ...requestPart(subject.caller, subject.ip),
      query: subject.query,
      body: subject.body,
    },
    resource_server: subject.audience ? { identifier: subject.audience } : undefined,
    stats: { logins_count: subject.user.logins_count },
    tenant: { id: 'understudy-sandbox' },
    transaction: {
      protocol: subject.protocol,
      requested_scopes: subject.scopes,
      actor: subject.transactionActor,
      correlation_id: subject.correlationId,
      acr_values: (subject.query['acr_values'] ?? '').split(' ').filter(Boolean),
      ui_locales: [],
    },
    session: subject.session && { id: subject.session.id, actor: subject.session.actor },
    session_transfer_token: stt && {
      client_id: stt.clientId,
      scope: stt.scope,
      request: {
        ip: stt.ip,
        asn: '64512',
        user_agent: stt.userAgent,
        geoip: { countryCode: 'SE' },
      },
    },
  };
};
