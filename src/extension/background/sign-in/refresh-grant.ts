import * as oauth from 'oauth4webapi';
import { done, type Outcome, refused } from '../../messages/wire/outcome.ts';
import type { Network } from '../backend/backend-http.ts';
import type { Backend } from '../backend/backend-setting.ts';
import type { AuthorizationServers } from './authorization-server.ts';
import { type GrantedTokens, grantedTokens } from './granted-tokens.ts';
import { oauthProblem } from './oauth-problem.ts';

/** Exchanges a refresh token, which is spent by it, for new tokens. */
export type RefreshGrant = (
  backend: Backend,
  refreshToken: string,
) => Promise<Outcome<GrantedTokens>>;

/** Makes {@link RefreshGrant}. @see RFC 6749 §6; RFC 9700 §4.14.2 */
export const createRefreshGrant =
  (servers: AuthorizationServers, network: Network): RefreshGrant =>
  async (backend, refreshToken) => {
    try {
      const { metadata, client, options } = await servers(backend);
      const response = await oauth.refreshTokenGrantRequest(
        metadata,
        client,
        oauth.None(),
        refreshToken,
        options(),
      );
      return done(
        grantedTokens(await oauth.processRefreshTokenResponse(metadata, client, response)),
      );
    } catch (error) {
      return refused(oauthProblem(error, network));
    }
  };
