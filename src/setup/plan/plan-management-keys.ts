import type { JsonObject } from '../../tenant-settings/json.ts';
import {
  credentialsPath,
  enabledKeyIds,
  enableKeysCall,
  isNamedBySetup,
  registerKeyCall,
} from '../../tenant-settings/management-keys.ts';
import { madeEntry } from '../files/record.ts';
import type { ManagementApi } from '../tenant/management-api.ts';
import { type Change, NO_CHANGE, type PartialPlan, type Planning, textOf } from './change.ts';

const credentialsOf = (api: ManagementApi, clientId: string): Promise<readonly JsonObject[]> =>
  api.list(credentialsPath(clientId), 'credentials', 'whole');

const namesOf = (credentials: readonly JsonObject[]): string =>
  credentials.map((each) => textOf(each, 'name') || textOf(each, 'id')).join(' and ');

/**
 * Plans the keys of the backend's own application, where it authenticates with keys: registers what is missing,
 * lets it sign with exactly these, and then deletes those of setup's that are out of use. A new application
 * brings its keys along.
 */
export const planManagementKeys = async ({
  api,
  description: { managementKeys, clients },
  record,
}: Planning): Promise<PartialPlan> => {
  const made = madeEntry(record, 'client:management');
  const client = made && (await api.get(`/clients/${encodeURIComponent(made.id)}`));
  if (!managementKeys || !made || !client) {
    return NO_CHANGE;
  }
  const wanted = new Set(managementKeys.map(({ name }) => name));
  const isWanted = (credential: JsonObject): boolean => wanted.has(textOf(credential, 'name'));
  const known = await credentialsOf(api, made.id);
  const missing = managementKeys.filter(({ name }) => !known.some((each) => each['name'] === name));
  const enabledIds = enabledKeyIds(client);
  const enabled = known.filter(({ id }) => enabledIds.includes(String(id)));
  const isEnabled =
    missing.length === 0 && enabled.length === wanted.size && enabled.every(isWanted);
  const idsIn = (credentials: readonly JsonObject[]): readonly string[] =>
    credentials.filter(isWanted).map((each) => textOf(each, 'id'));
  const { name } = clients.management;

  const registrations = missing.map(
    (key): Change => ({
      title: `Register the key ${key.name} for the application ${name}`,
      call: registerKeyCall(made.id, key),
      entries: () => [],
    }),
  );
  const enabling: Change = {
    title: `Let the application ${name} authenticate with its keys only`,
    differences: [
      `its keys are ${namesOf(enabled) || 'none'}, will be ${[...wanted].join(' and ')}`,
    ],
    call: enableKeysCall(made.id, [
      ...idsIn(known),
      ...missing.map((key) => `(the id of ${key.name})`),
    ]),
    fresh: async (current) => enableKeysCall(made.id, idsIn(await credentialsOf(current, made.id))),
    entries: () => [],
  };
  const deletions = known
    .filter((each) => isNamedBySetup(each) && !isWanted(each))
    .map(
      (each): Change => ({
        title: `Delete the key ${textOf(each, 'name')} of the application ${name}`,
        call: {
          method: 'DELETE',
          path: `${credentialsPath(made.id)}/${encodeURIComponent(textOf(each, 'id'))}`,
        },
        entries: () => [],
      }),
    );
  return {
    changes: [...registrations, ...(isEnabled ? [] : [enabling]), ...deletions],
    conflicts: [],
  };
};
