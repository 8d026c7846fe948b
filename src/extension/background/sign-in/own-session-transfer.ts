import * as oauth from 'oauth4webapi';
import * as z from 'zod/mini';
import { done, type Outcome, refused } from '../../messages/wire/outcome.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';
import type { Network } from '../backend/backend-http.ts';
import type { Backend } from '../backend/backend-setting.ts';
import type { AuthorizationServers } from './authorization-server.ts';

const SESSION_TRANSFER_TOKEN_TYPE = 'urn:auth0:params:oauth:token-type:session_transfer_token';

/** `token_type` is not read: one page of the documentation leaves it out. */
const answerSchema = z.object({
  access_token: z.string().check(z.minLength(1)),
  issued_token_type: z.literal(SESSION_TRANSFER_TOKEN_TYPE),
  refresh_token: z.optional(z.string()),
});

const errorSchema = z.object({ error: z.string() });

/** A session transfer token for the agent's own session, and the refresh token that replaces the spent one. */
export type OwnSessionTransfer = {
  readonly sessionTransferToken: string;
  readonly refreshToken: string | undefined;
};

/** Exchanges the agent's own refresh token for a session transfer token. */
export type OwnSessionTransferGrant = (
  backend: Backend,
  refreshToken: string,
) => Promise<Outcome<OwnSessionTransfer>>;

/** Makes {@link OwnSessionTransferGrant}. @see Auth0 "Native to Web SSO" */
export const createOwnSessionTransferGrant =
  (servers: AuthorizationServers, network: Network): OwnSessionTransferGrant =>
  async (backend, refreshToken) => {
    try {
      const { metadata, client, options } = await servers(backend);
      const response = await oauth.refreshTokenGrantRequest(
        metadata,
        client,
        oauth.None(),
        refreshToken,
        {
          ...options(),
          additionalParameters: {
            audience: `urn:${new URL(backend.discovery.issuer).hostname}:session_transfer`,
          },
        },
      );
      const body: unknown = await response.json();
      const answer = answerSchema.safeParse(body);
      if (!answer.success) {
        const refusal = errorSchema.safeParse(body);
        return refused(
          extensionProblem(
            refusal.success && refusal.data.error === 'invalid_grant'
              ? 'session_expired'
              : 'open_as_me_refused',
          ),
        );
      }
      const { access_token, refresh_token } = answer.data;
      return done({ sessionTransferToken: access_token, refreshToken: refresh_token });
    } catch {
      return refused(extensionProblem(network.isOnline() ? 'issuer_unreachable' : 'offline'));
    }
  };
