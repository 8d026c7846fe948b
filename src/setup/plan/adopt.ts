import type { Ids } from '../../tenant-settings/call.ts';
import type { JsonObject } from '../../tenant-settings/json.ts';
import { CLIENT_NAMES } from '../description/describe.ts';
import type { Entry, SetupRecord } from '../files/record.ts';
import { madeEntry, withEntry } from '../files/record.ts';
import { type Planning, textOf } from './change.ts';
import { fingerprint } from './plan-actions.ts';

type MadeEntry = Extract<Entry, { kind: 'made' }>;

/** What was found of one name: nothing, one object, or several that cannot be told apart. */
const onlyOne = (
  found: readonly JsonObject[],
  what: string,
  problems: string[],
): JsonObject | undefined => {
  if (found.length > 1) {
    problems.push(
      `The tenant has ${found.length} of ${what}: setup cannot tell which one is Understudy’s.`,
    );
  }
  return found.length === 1 ? found[0] : undefined;
};

const lookUp = async (
  { api, domain, description }: Planning,
  problems: string[],
): Promise<readonly MadeEntry[]> => {
  const found: MadeEntry[] = [];
  const add = (
    ref: string,
    type: MadeEntry['type'],
    object: JsonObject | undefined,
    id = 'id',
  ): void => {
    if (object) {
      found.push({ kind: 'made', ref, type, id: textOf(object, id), adopted: true });
    }
  };
  const { identifier } = description.api;
  add(
    'api:backend',
    'resource-servers',
    await api.get(`/resource-servers/${encodeURIComponent(identifier)}`),
  );

  const clients = await api.list('/clients', 'clients', 'totals');
  for (const key of CLIENT_NAMES) {
    const { name } = description.clients[key];
    const same = clients.filter((client) => client['name'] === name);
    add(
      `client:${key}`,
      'clients',
      onlyOne(same, `the application ${name}`, problems),
      'client_id',
    );
  }
  const management = found.find(({ ref }) => ref === 'client:management');
  const grants = await api.list('/client-grants', 'client_grants', 'totals');
  add(
    'grant:management',
    'client-grants',
    grants.find(
      (grant) =>
        grant['client_id'] === management?.id && grant['audience'] === `https://${domain}/api/v2/`,
    ),
  );

  const roles = await api.list('/roles', 'roles', 'totals');
  for (const key of ['agent', 'supervisor'] as const) {
    add(
      `role:${key}`,
      'roles',
      roles.find(({ name }) => name === description.roles[key].name),
    );
  }
  const actions = await api.list('/actions/actions', 'actions', 'wrapped');
  for (const key of ['exchange', 'login'] as const) {
    const own = actions.find(({ name }) => name === description.actions[key].name);
    add(`action:${key}`, 'actions/actions', own);
  }
  const profiles = await api.list(
    '/token-exchange-profiles',
    'token_exchange_profiles',
    'checkpoint',
  );
  add(
    'profile:customer',
    'token-exchange-profiles',
    profiles.find((each) => each['subject_token_type'] === description.profile.subjectTokenType),
  );
  return found;
};

/** The Actions came from the same description, so what is deployed is taken for what it says. */
const asDeployed = (entry: MadeEntry, { description }: Planning, ids: Ids): MadeEntry => {
  const key =
    entry.ref === 'action:exchange'
      ? 'exchange'
      : entry.ref === 'action:login'
        ? 'login'
        : undefined;
  return key !== undefined && ids.has('client:requesting') && ids.has('client:extension')
    ? { ...entry, deployed: fingerprint(description.actions[key], ids) }
    : entry;
};

/** What would be adopted, with the record as it would be then. */
export type Adoption = {
  readonly record: SetupRecord;
  readonly adopted: readonly { readonly ref: string; readonly id: string }[];
  readonly problems: readonly string[];
};

/**
 * Finds what auth0-deploy-cli or Terraform made from the exported description, by the very names in it. Reads
 * only. What is adopted is kept apart in the record, and no removal deletes it.
 */
export const adopt = async (planning: Planning): Promise<Adoption> => {
  const problems: string[] = [];
  const found = await lookUp(planning, problems);
  const fresh = found.filter(({ ref }) => madeEntry(planning.record, ref) === undefined);
  const ids = new Map(found.map(({ ref, id }) => [ref, id]));
  const record = fresh
    .map((entry) => asDeployed(entry, planning, ids))
    .reduce(withEntry, planning.record);
  return { record, adopted: fresh.map(({ ref, id }) => ({ ref, id })), problems };
};
