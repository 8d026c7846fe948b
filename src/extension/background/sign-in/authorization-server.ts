import * as oauth from 'oauth4webapi';
import { isLocalBackend } from '../backend/backend-address.ts';
import type { Network } from '../backend/backend-http.ts';
import type { Backend } from '../backend/backend-setting.ts';

/** The issuer's metadata, us as its public client, and the options for every request to it. */
export type AuthorizationServer = {
  readonly metadata: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly options: () => {
    [oauth.customFetch]: (
      url: string,
      init: oauth.CustomFetchOptions<string, unknown>,
    ) => Promise<Response>;
    [oauth.allowInsecureRequests]: boolean;
    signal: AbortSignal;
  };
};

/** Gives the authorization server of a backend, its metadata fetched once in the worker's life. @throws when it does not answer as one */
export type AuthorizationServers = (backend: Backend) => Promise<AuthorizationServer>;

const TIMEOUT_MILLISECONDS = 15_000;
/** Agents' clocks are off; the backend checks the tokens with its own. */
const CLOCK_TOLERANCE_SECONDS = 600;

/** Makes {@link AuthorizationServers} on a network. @see RFC 8414 */
export const createAuthorizationServers = (network: Network): AuthorizationServers => {
  const known = new Map<string, Promise<oauth.AuthorizationServer>>();

  const optionsFor = (backend: Backend): AuthorizationServer['options'] => {
    return () => ({
      [oauth.customFetch]: (url, init) =>
        network.fetch(url, {
          ...(init as RequestInit),
          credentials: 'omit',
          cache: 'no-store',
          referrerPolicy: 'no-referrer',
        }),
      // Discovery was refused already unless the issuer is on https, or local like the backend.
      [oauth.allowInsecureRequests]: isLocalBackend(backend.origin),
      signal: network.timeoutSignal(TIMEOUT_MILLISECONDS),
    });
  };

  const discover = async (backend: Backend): Promise<oauth.AuthorizationServer> => {
    const issuer = new URL(backend.discovery.issuer);
    const response = await oauth.discoveryRequest(issuer, optionsFor(backend)());
    return oauth.processDiscoveryResponse(issuer, response);
  };

  return async (backend) => {
    const { issuer, clientId } = backend.discovery;
    const pending = known.get(issuer) ?? discover(backend);
    known.set(issuer, pending);
    try {
      return {
        metadata: await pending,
        client: { client_id: clientId, [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS },
        options: optionsFor(backend),
      };
    } catch (cause) {
      known.delete(issuer);
      throw new Error('The issuer did not answer with its metadata.', { cause });
    }
  };
};
