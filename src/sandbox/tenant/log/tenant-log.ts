import type { Directory } from '../directory.ts';
import type { Actor, TenantClient, TenantOrganization, TenantUser } from '../model.ts';
import type { SandboxConditions } from '../sandbox-conditions.ts';
import type { UndocumentedChoices } from '../undocumented-choices.ts';
import { mayHave } from './entry-fields.ts';
import { type LogType, logTypes } from './log-types.ts';

/** What an event says; no field may ever hold a token, a secret or a URL. */
type LogEvent = {
  type: LogType;
  description?: string | undefined;
  client?: TenantClient | undefined;
  user?: TenantUser | undefined;
  organization?: TenantOrganization | undefined;
  connection?: string | undefined;
  sessionId?: string | undefined;
  /** What a post-login Action noted on the session, where the tenant is set to log it. */
  sessionMetadata?: Record<string, string> | undefined;
  actor?: Actor | undefined;
  ip?: string | undefined;
  userAgent?: string | undefined;
  hostname?: string | undefined;
  scope?: string | undefined;
  audience?: string | undefined;
  subjectTokenType?: string | undefined;
  correlationId?: string | undefined;
  /** Whether the login came from a session transfer token. */
  fromSessionTransfer?: boolean | undefined;
  /** What went wrong: the code of the answer, and the log's own word for the cause. */
  error?: { code: string; type?: string | undefined } | undefined;
};

export type LogEntry = Record<string, unknown> & { log_id: string; type: LogType; date: string };

export type TenantLog = { entries: readonly LogEntry[]; write: (event: LogEvent) => void };

/** What the log looks up to word an entry. */
type LogSources = {
  clock: () => number;
  choices: UndocumentedChoices;
  conditions: SandboxConditions;
  directory: Pick<Directory, 'connection'>;
};

/** Drops what is not known, and what entries of this type do not have. */
const only = (
  type: LogType,
  place: 'entry' | 'details',
  fields: Record<string, unknown>,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([field, value]) => value !== undefined && mayHave(type, place, field),
    ),
  );

const detailsOf = (event: LogEvent, description: string, { choices, conditions }: LogSources) => ({
  ...only(event.type, 'details', {
    actor: event.actor && { sub: event.actor.sub },
    session_id: event.sessionId,
    refresh_token: event.sessionId === undefined ? undefined : { session_id: event.sessionId },
    session_metadata: conditions.includeSessionMetadataInTenantLogs
      ? event.sessionMetadata
      : undefined,
    subject_token_type: event.subjectTokenType,
    triggered_by_session_transfer_token: event.fromSessionTransfer,
    failure_reason: description,
    error: event.error && {
      message: description,
      oauthError: event.error.code,
      ...(event.error.type !== undefined && { type: event.error.type }),
    },
  }),
  ...(choices.actorInLog === 'object' && event.actor && { actor: event.actor }),
});

const entryOf = (event: LogEvent, id: string, sources: LogSources): LogEntry => {
  const { type } = event;
  const description = event.description ?? logTypes[type];
  const connection =
    event.connection === undefined ? undefined : sources.directory.connection(event.connection);
  return {
    _id: id,
    log_id: id,
    date: new Date(sources.clock()).toISOString(),
    type,
    ...only(type, 'entry', {
      description,
      client_id: event.client?.client_id,
      // Required everywhere; Auth0 leaves required text empty that it does not know.
      client_name: event.client?.name ?? '',
      user_id: event.user?.user_id,
      user_name: event.user?.email,
      strategy: connection?.strategy ?? '',
      connection: event.connection,
      connection_id: connection?.id,
      organization_id: event.organization?.id,
      organization_name: event.organization?.name,
      ip: event.ip ?? '',
      user_agent: event.userAgent,
      hostname: event.hostname ?? '',
      scope: event.scope,
      // Without an API, the audience of a token is the userinfo endpoint.
      audience: event.audience ?? `https://${event.hostname ?? ''}/userinfo`,
      tenant_name: 'understudy-sandbox',
      environment_name: 'local',
      references:
        event.correlationId === undefined ? undefined : { correlation_id: event.correlationId },
    }),
    details: detailsOf(event, description, sources),
  };
};

/** An append-only log whose ids sort in the order of writing. */
export const createLog = (sources: LogSources): TenantLog => {
  const entries: LogEntry[] = [];
  return {
    entries,
    write: (event) => {
      const id = `9002026${String(entries.length + 1).padStart(16, '0')}`;
      entries.push(entryOf(event, id, sources));
    },
  };
};
