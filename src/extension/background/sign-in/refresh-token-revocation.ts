import * as oauth from 'oauth4webapi';
import type { Backend } from '../backend/backend-setting.ts';
import type { AuthorizationServers } from './authorization-server.ts';

/** Asks the issuer to forget a refresh token; tells whether it did. Never throws. */
export type RefreshTokenRevocation = (backend: Backend, refreshToken: string) => Promise<boolean>;

/** Makes {@link RefreshTokenRevocation}. @see RFC 7009 */
export const createRefreshTokenRevocation =
  (servers: AuthorizationServers): RefreshTokenRevocation =>
  async (backend, refreshToken) => {
    try {
      const { metadata, client, options } = await servers(backend);
      const revocation_endpoint =
        metadata.revocation_endpoint ?? new URL('oauth/revoke', metadata.issuer).href;
      const response = await oauth.revocationRequest(
        { ...metadata, revocation_endpoint },
        client,
        oauth.None(),
        refreshToken,
        options(),
      );
      await oauth.processRevocationResponse(response);
      return true;
    } catch {
      // The agent is told; the token is forgotten here in any case.
      return false;
    }
  };
