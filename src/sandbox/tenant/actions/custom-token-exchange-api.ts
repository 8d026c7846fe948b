import { createActionCache } from './action-cache.ts';

const cache = createActionCache();

type Recorded = {
  denied?: { code: string; reason: string };
  rejected?: { reason: string };
  users: unknown[];
  actor?: unknown;
};

/**
 * The `api` object of `onExecuteCustomTokenExchange`; it only records what the Action asked for.
 *
 * @see Auth0 documentation, "Custom Token Exchange: API object".
 */
export const customTokenExchangeApi = () => {
  const result: Recorded = { users: [] };
  const api = {
    access: {
      deny: (code: string, reason: string) => {
        result.denied = { code: String(code), reason: String(reason) };
      },
      rejectInvalidSubjectToken: (reason: string) => {
        result.rejected = { reason: String(reason) };
      },
    },
    authentication: {
      setUserById: (userId: string) => {
        result.users.push({ by: 'id', userId });
      },
      setUserByConnection: (connection: string, profile: unknown, options: unknown) => {
        result.users.push({ by: 'connection', connection, profile, options });
      },
      setActor: (actor: unknown) => {
        result.actor = actor;
      },
    },
    cache,
  };
  return { api, result };
};
