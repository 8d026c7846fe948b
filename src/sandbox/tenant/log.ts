import type { Actor, TenantClient, TenantOrganization, TenantUser } from './model.ts';
import type { UndocumentedChoices } from './undocumented-choices.ts';

/**
 * Event types that the tenant writes.
 *
 * @see Auth0 documentation, "Log Event Type Codes".
 */
const logTypes = {
  s: 'Success Login',
  f: 'Failed Login',
  fp: 'Failed Login (Incorrect Password)',
  fu: 'Failed Login (Invalid Email/Username)',
  slo: 'Success Logout',
  ssa: 'Success Silent Auth',
  fsa: 'Failed Silent Auth',
  seacft: 'Success Exchange: Authorization Code for Access Token',
  feacft: 'Failed Exchange: Authorization Code for Access Token',
  sertft: 'Success Exchange: Refresh Token for Access Token',
  fertft: 'Failed Exchange: Refresh Token for Access Token',
  seccft: 'Success Exchange: Client Credentials for Access Token',
  feccft: 'Failed Exchange: Client Credentials for Access Token',
  secte: 'Success Custom Token Exchange',
  fecte: 'Failed Custom Token Exchange',
  sdel: 'Success Delegated Login',
  sdeleacft: 'Success Delegated Exchange: Authorization Code for Access Token',
  fdeleacft: 'Failed Delegated Exchange: Authorization Code for Access Token',
  sdelsa: 'Success Delegated Silent Auth',
  fdelsa: 'Failed Delegated Silent Auth',
  gd_auth_succeed: 'MFA Auth success',
  gd_auth_failed: 'MFA Auth failed',
  sapi: 'Success API Operation',
  oidc_backchannel_logout_succeeded: 'Successful OIDC Back-Channel Logout request',
  oidc_backchannel_logout_failed: 'Failed OIDC Back-Channel Logout request',
  srrt: 'Success Revocation: Refresh Token',
  w: 'Warning',
} as const;

type LogType = keyof typeof logTypes;

/** What an event says; no field may ever hold a token, a secret or a URL. */
type LogEvent = {
  type: LogType;
  description?: string | undefined;
  client?: TenantClient | undefined;
  user?: TenantUser | undefined;
  organization?: TenantOrganization | undefined;
  connection?: string | undefined;
  sessionId?: string | undefined;
  actor?: Actor | undefined;
  ip?: string | undefined;
  userAgent?: string | undefined;
  hostname?: string | undefined;
  scope?: string | undefined;
  audience?: string | undefined;
  /** What went wrong: the code of the answer, and the log's own word for the cause. */
  error?: { code: string; type?: string | undefined } | undefined;
};

export type LogEntry = Record<string, unknown> & { log_id: string; type: LogType; date: string };

export type TenantLog = { entries: readonly LogEntry[]; write: (event: LogEvent) => void };

const without = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const detailsOf = (event: LogEvent, { sessionIdInLog }: UndocumentedChoices) =>
  without({
    actor: event.actor,
    session_id: sessionIdInLog === 'top_level' ? undefined : event.sessionId,
    error:
      event.error &&
      without({
        message: event.description,
        oauthError: event.error.code,
        type: event.error.type,
      }),
  });

/** An append-only log whose ids sort in the order of writing. */
export const createLog = (clock: () => number, choices: UndocumentedChoices): TenantLog => {
  const entries: LogEntry[] = [];
  return {
    entries,
    write: (event) => {
      const id = `9002026${String(entries.length + 1).padStart(16, '0')}`;
      entries.push({
        _id: id,
        log_id: id,
        date: new Date(clock()).toISOString(),
        type: event.type,
        ...without({
          description: event.description ?? logTypes[event.type],
          client_id: event.client?.client_id,
          client_name: event.client?.name,
          user_id: event.user?.user_id,
          user_name: event.user?.email,
          connection: event.connection,
          organization_id: event.organization?.id,
          organization_name: event.organization?.name,
          session_id: choices.sessionIdInLog === 'details' ? undefined : event.sessionId,
          ip: event.ip,
          user_agent: event.userAgent,
          hostname: event.hostname,
          scope: event.scope,
          audience: event.audience,
        }),
        details: detailsOf(event, choices),
      });
    },
  };
};
