import { createActionCache } from './action-cache.ts';

const cache = createActionCache();

type Recorded = {
  denied?: { reason: string };
  multifactor: boolean;
  idToken: Record<string, unknown>;
  accessToken: Record<string, unknown>;
  sessionChanges: { metadata: Record<string, string>; expiresAt?: number };
};

/**
 * The part of the `api` object of `onExecutePostLogin` that the tenant supports; it only records.
 *
 * @see Auth0 documentation, "Actions Triggers: post-login - API Object".
 */
export const postLoginApi = () => {
  const result: Recorded = {
    multifactor: false,
    idToken: {},
    accessToken: {},
    sessionChanges: { metadata: {} },
  };
  const api = {
    access: {
      deny: (reason: string) => {
        result.denied = { reason: String(reason) };
      },
    },
    idToken: {
      setCustomClaim: (name: string, value: unknown) => {
        result.idToken[name] = value;
      },
    },
    accessToken: {
      setCustomClaim: (name: string, value: unknown) => {
        result.accessToken[name] = value;
      },
    },
    /** Whichever provider is named: the sandbox has one-time codes only. */
    multifactor: {
      enable: () => {
        result.multifactor = true;
      },
    },
    session: {
      setMetadata: (key: string, value: unknown) => {
        result.sessionChanges.metadata[key] = String(value);
      },
      /** In milliseconds since 1970. */
      setExpiresAt: (absolute: number) => {
        result.sessionChanges.expiresAt = Number(absolute);
      },
    },
    cache,
  };
  return { api, result };
};
