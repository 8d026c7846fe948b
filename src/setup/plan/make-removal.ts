import type { Call } from '../../tenant-settings/call.ts';
import { isSameJson, type Json, type JsonObject } from '../../tenant-settings/json.ts';
import type { Entry, SetupRecord } from '../files/record.ts';
import type { ManagementApi } from '../tenant/management-api.ts';
import { textOf } from './change.ts';
import { unbindingCall } from './plan-actions.ts';

/** One step of undoing: `call` is absent where nothing is left to undo. */
export type Undoing = {
  readonly entry: Entry;
  readonly title: string;
  readonly call: Call | undefined;
};

/** Restores only the settings that still are as setup left them: whatever was changed since is somebody's will. */
const restored = (entry: Extract<Entry, { kind: 'target' }>, now: JsonObject): Json => {
  const before = entry.before ?? {};
  const names = new Set([...Object.keys(now), ...Object.keys(before)]);
  const settings = [...names].flatMap((name): [string, Json][] => {
    const isOurs = isSameJson(now[name], entry.after[name]);
    const value = isOurs ? before[name] : now[name];
    return value === undefined ? [] : [[name, value]];
  });
  return settings.length === 0 && entry.before === null ? null : Object.fromEntries(settings);
};

const undoTarget = async (
  api: ManagementApi,
  entry: Extract<Entry, { kind: 'target' }>,
): Promise<Undoing> => {
  const path = `/clients/${encodeURIComponent(entry.clientId)}`;
  const client = await api.get(path);
  const now = client?.['session_transfer'];
  const settings =
    typeof now === 'object' && now !== null && !Array.isArray(now) ? (now as JsonObject) : {};
  const session_transfer = restored(entry, settings);
  return {
    entry,
    title: `Give ${client ? textOf(client, 'name') : entry.clientId} its session_transfer back`,
    call:
      client && !isSameJson(session_transfer, now ?? null)
        ? { method: 'PATCH', path, body: { session_transfer } }
        : undefined,
  };
};

const undoMade = async (
  api: ManagementApi,
  entry: Extract<Entry, { kind: 'made' }>,
): Promise<Undoing> => {
  if (entry.adopted) {
    return {
      entry,
      title: `Leave ${entry.ref} (${entry.id}), which another tool made`,
      call: undefined,
    };
  }
  const path = `/${entry.type}/${encodeURIComponent(entry.id)}`;
  const isThere =
    entry.type === 'client-grants'
      ? (await api.list('/client-grants', 'client_grants', 'totals')).some(
          ({ id }) => id === entry.id,
        )
      : (await api.get(path)) !== undefined;
  return {
    entry,
    title: `Delete ${entry.ref} (${entry.id})`,
    call: isThere ? { method: 'DELETE', path } : undefined,
  };
};

/** Gives the step that undoes one entry, from what the tenant has just then. */
export const undoingOf = async (api: ManagementApi, entry: Entry): Promise<Undoing> => {
  switch (entry.kind) {
    case 'made':
      return undoMade(api, entry);
    case 'target':
      return undoTarget(api, entry);
    case 'binding':
      return {
        entry,
        title: 'Unbind the post-login Action, and leave every other where it is',
        call: await unbindingCall(api, entry.actionId),
      };
    case 'connection': {
      const path = `/connections/${encodeURIComponent(entry.connectionId)}/clients`;
      const connection = await api.get(`/connections/${encodeURIComponent(entry.connectionId)}`);
      const enabled = connection ? await api.list(path, 'clients', 'checkpoint') : [];
      return {
        entry,
        title: `Disable the connection ${connection ? textOf(connection, 'name') : entry.connectionId} on ${entry.clientId}`,
        call: enabled.some(({ client_id }) => client_id === entry.clientId)
          ? { method: 'PATCH', path, body: [{ client_id: entry.clientId, status: false }] }
          : undefined,
      };
    }
    case 'organization': {
      const path = `/organizations/${encodeURIComponent(entry.organizationId)}/enabled_connections`;
      const isThere = await api.get(`/organizations/${encodeURIComponent(entry.organizationId)}`);
      const enabled = isThere ? await api.list(path, 'enabled_connections', 'totals') : [];
      return {
        entry,
        title: `Take the connection ${entry.connectionId} from the organization ${entry.organizationId}`,
        call: enabled.some(({ connection_id }) => connection_id === entry.connectionId)
          ? { method: 'DELETE', path: `${path}/${encodeURIComponent(entry.connectionId)}` }
          : undefined,
      };
    }
    case 'member':
      // The role is setup's own: it goes, and nobody has it any more.
      return { entry, title: `Take the role from ${entry.userId}`, call: undefined };
  }
};

/** Gives every step that undoes a record, the latest first. Reads only. */
export const makeRemoval = async (
  api: ManagementApi,
  record: SetupRecord,
): Promise<readonly Undoing[]> => {
  const undoings: Undoing[] = [];
  for (const entry of record.entries.toReversed()) {
    undoings.push(await undoingOf(api, entry));
  }
  return undoings;
};
