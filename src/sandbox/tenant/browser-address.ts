import type { SandboxConditions } from './sandbox-conditions.ts';

const SERVER_PATHS = ['/oauth/', '/api/'];

/**
 * The address that the tenant takes a caller to be at: the socket's, or for a browser the one that a
 * test set. Servers call the token endpoint and the Management API and keep theirs.
 */
export const addressOf = (
  conditions: SandboxConditions,
  url: string,
  socketAddress: string,
): string => {
  const { pathname } = new URL(url);
  return SERVER_PATHS.some((prefix) => pathname.startsWith(prefix))
    ? socketAddress
    : (conditions.clientAddressOverride ?? socketAddress);
};
