import type { LogEntry } from '../../../../src/sandbox/tenant/log/tenant-log.ts';

/** What Auth0's schema of an event type says beyond the fields of every entry; `*` is required. */
type PublishedFields = { has: string; never: string };

/** Fields of every entry; those with `*` are required. */
const EVERYWHERE =
  'date type* log_id* description* client_id client_name* user_id user_name ip* user_agent tenant_name* environment_name* details*';

/** @see Auth0's `oas/tenant-logs/logs-schema.json` */
const published: Record<string, PublishedFields> = {
  sdel: {
    has: 'hostname* strategy* connection connection_id organization_id organization_name references.correlation_id details.actor.sub* details.session_id details.transaction_id details.triggered_by_session_transfer_token',
    never: 'session_id',
  },
  sdelsa: { has: 'details.actor.sub* details.session_id', never: 'session_id' },
  fdelsa: { has: 'audience* details.actor.sub*', never: 'session_id details.session_id' },
  sdeleacft: {
    has: 'audience* references details.actor.sub* details.code details.access_token_jti',
    never: 'session_id details.session_id',
  },
  fdeleacft: {
    has: 'references details.actor.sub* details.code',
    never: 'session_id details.session_id organization_id organization_name',
  },
  secte: {
    has: 'audience* connection organization_id organization_name details.subject_token_type* details.actor.sub details.actor.act',
    never: 'session_id details.session_id hostname',
  },
  fecte: {
    has: 'audience* hostname* details.subject_token_type* details.actor.sub details.actor.act',
    never:
      'session_id details.session_id user_id connection connection_id organization_id organization_name',
  },
  sertft: {
    has: 'audience* details.refresh_token.session_id details.failure_reason',
    never: 'session_id details.session_id',
  },
  fertft: {
    has: 'audience* details.refresh_token.session_id details.failure_reason',
    never: 'session_id details.session_id',
  },
  w: {
    has: 'audience* strategy* details.session_id',
    never: 'session_id details.actor hostname organization_id organization_name',
  },
  f: {
    has: 'references details.error.message* details.error.oauthError* details.error.type details.session_id details.triggered_by_session_transfer_token',
    never: 'session_id details.actor',
  },
  slo: {
    has: 'details.session_id details.return_to details.initiated_by details.session_metadata',
    never: 'session_id details.actor',
  },
};

/** The types whose fields Auth0's documentation of Session Delegation depends on. */
export const publishedTypes = Object.keys(published);

const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (inner, name) =>
        typeof inner === 'object' && inner !== null
          ? (inner as Record<string, unknown>)[name]
          : undefined,
      value,
    );

/** The dotted paths of an entry's values, arrays and metadata of a person's choosing left whole. */
const pathsOf = (value: unknown, prefix = ''): string[] =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !prefix.endsWith('session_metadata') &&
  Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([name, inner]) =>
        pathsOf(inner, prefix === '' ? name : `${prefix}.${name}`),
      )
    : [prefix];

/**
 * What is wrong with an entry: required fields that it lacks, forbidden ones that it has, and for
 * published types every field that the schema does not list. Of an actor any property may be there,
 * for a choice of the tenant logs the whole of it.
 */
export const faultsOf = (entry: LogEntry): string[] => {
  const { has, never } = published[entry.type] ?? { has: '', never: 'session_id' };
  const listed = `${EVERYWHERE} ${has}`.split(' ').filter(Boolean);
  const names = listed.map((name) => name.replace('*', ''));
  const missing = listed
    .filter((name) => name.endsWith('*') && at(entry, name.slice(0, -1)) === undefined)
    .map((name) => `${entry.type} lacks ${name.slice(0, -1)}`);
  const forbidden = never
    .split(' ')
    .filter((name) => at(entry, name) !== undefined)
    .map((name) => `${entry.type} has ${name}`);
  const isListed = (path: string) =>
    path === '_id' ||
    path.startsWith('details.actor.') ||
    names.some((name) => path === name || (name !== 'details' && path.startsWith(`${name}.`)));
  const unlisted = publishedTypes.includes(entry.type)
    ? pathsOf(entry)
        .filter((path) => !isListed(path))
        .map((path) => `${entry.type} has ${path}, which is not listed`)
    : [];
  return [...missing, ...forbidden, ...unlisted];
};
