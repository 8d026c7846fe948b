import type { SetupRecord } from '../setup/files/record.ts';
import type { ManagementApi } from '../setup/tenant/management-api.ts';
import type { JsonObject } from '../tenant-settings/json.ts';
import type { ManagementKey } from '../tenant-settings/management-keys.ts';
import type { BackendSettings } from './backend-settings.ts';
import type { Line } from './line.ts';

/** What the doctor looks at: one tenant through the operator's eyes, and what the backend is told. */
export type Patient = {
  /** Reads only, and each address once. */
  readonly api: Pick<ManagementApi, 'get' | 'list' | 'read' | 'lastHeaders'>;
  readonly settings: BackendSettings;
  /** What setup recorded; absent where the tenant was set up in another way. */
  readonly record: SetupRecord | undefined;
  /** The built Actions; absent where they were not built here. */
  readonly code: { readonly exchange: string; readonly login: string } | undefined;
  readonly firefoxRedirectOrigin: string;
  /** The backend's public signing keys, from its secrets; absent where the doctor was not given them. */
  readonly jwks: string | undefined;
  /** The public keys that the backend signs in to the Management API with, from its secrets; likewise. */
  readonly managementKeys: readonly ManagementKey[] | undefined;
  /** Fetches from an app or the backend, never from the tenant. */
  readonly fetch: typeof fetch;
  /** Gives the addresses of a host. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly clock: () => Date;
};

/** One check of the doctor's; it gives at least one line. */
export type Check = (patient: Patient) => Promise<readonly Line[]>;

/** Reads each address once, however many checks ask for it. */
export const readingOnce = (api: ManagementApi): Patient['api'] => {
  const known = new Map<string, Promise<unknown>>();
  const once = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const pending = (known.get(key) as Promise<T> | undefined) ?? ask();
    known.set(key, pending);
    return pending;
  };
  return {
    get: (path) => once<JsonObject | undefined>(`get ${path}`, () => api.get(path)),
    list: (path, name, paging) => once(`list ${path}`, () => api.list(path, name, paging)),
    read: (path) => once(`read ${path}`, () => api.read(path)),
    lastHeaders: api.lastHeaders,
  };
};
