import type { LogType } from './log-types.ts';

/** What an entry has beside the fields of every entry. */
type EntryFields = { fields: readonly string[]; details: readonly string[] };

const words = (text: string): string[] => text.split(' ').filter(Boolean);
const CONNECTION = 'connection connection_id';
const ORGANIZATION = 'organization_id organization_name';

/** The fields that every entry may have. */
const everywhere = words(
  'date type log_id description client_id client_name user_id user_name ip user_agent tenant_name environment_name details',
);

/**
 * The fields that Auth0's schema has for an event type beyond those of every entry. Its schemas allow
 * more, but nothing may be relied on that they do not list, so the tenant writes nothing else.
 *
 * @see Auth0's `oas/tenant-logs/logs-schema.json`
 */
const published: Partial<Record<LogType, EntryFields>> = {
  sdel: {
    fields: words(`hostname strategy ${CONNECTION} ${ORGANIZATION} references`),
    details: words('actor session_id triggered_by_session_transfer_token'),
  },
  sdelsa: { fields: [], details: words('actor session_id') },
  fdelsa: { fields: ['audience'], details: ['actor'] },
  sdeleacft: { fields: words('audience references'), details: ['actor'] },
  fdeleacft: { fields: ['references'], details: ['actor'] },
  secte: {
    fields: words(`audience connection ${ORGANIZATION}`),
    details: words('subject_token_type actor'),
  },
  fecte: { fields: words('audience hostname'), details: words('subject_token_type actor') },
  sertft: { fields: ['audience'], details: ['refresh_token'] },
  fertft: { fields: ['audience'], details: words('refresh_token failure_reason') },
  w: { fields: words('audience strategy'), details: ['session_id'] },
  f: {
    fields: ['references'],
    details: words('error session_id triggered_by_session_transfer_token'),
  },
  slo: { fields: [], details: words('session_id session_metadata') },
};

/** Types whose schema has no user. */
const WITHOUT_USER: readonly LogType[] = ['fecte'];
const userFields = words('user_id user_name');

/** What the tenant writes for the types that nothing of Session Delegation depends on. */
const ordinary: EntryFields = {
  fields: words(`hostname strategy ${CONNECTION} ${ORGANIZATION} scope audience`),
  details: words('session_id error session_metadata'),
};

/** Whether an entry of a type may have a field, beside the type or in `details`. */
export const mayHave = (type: LogType, place: 'entry' | 'details', field: string): boolean => {
  const { fields, details } = published[type] ?? ordinary;
  if (place === 'details') {
    return details.includes(field);
  }
  if (WITHOUT_USER.includes(type) && userFields.includes(field)) {
    return false;
  }
  return everywhere.includes(field) || fields.includes(field);
};
