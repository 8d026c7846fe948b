import * as oauth from 'oauth4webapi';
import type { StepUp } from '../../../contract/grant.ts';
import type { Identity } from '../../browser/identity.ts';
import { done, type Outcome, refused } from '../../messages/wire/outcome.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';
import type { Network } from '../backend/backend-http.ts';
import type { Backend } from '../backend/backend-setting.ts';
import type { AuthorizationServer, AuthorizationServers } from './authorization-server.ts';
import { type GrantedTokens, grantedTokens } from './granted-tokens.ts';
import { oauthProblem } from './oauth-problem.ts';

/** The sign-in that is wanted. */
export type WantedSignIn = {
  /** Nobody may be signed in silently. */
  readonly prompt?: 'login';
  /** How old the web session may be that signs somebody in, and how it must have been made. */
  readonly stepUp?: StepUp;
  /** Who is expected, for the issuer's page. */
  readonly loginHint?: string;
};

/** Signs somebody in at a backend's issuer. */
export type AuthorizationCode = (
  backend: Backend,
  wanted: WantedSignIn,
) => Promise<Outcome<GrantedTokens>>;

type Dependencies = {
  readonly servers: AuthorizationServers;
  readonly identity: Identity;
  readonly network: Network;
};

/**
 * How old a web session may be that signs somebody in, in seconds: 30 days, which forces nobody. Asked for so that
 * the ID token says when the agent signed in; without it, it need not.
 * @see OpenID Connect Core 1.0 §3.1.2.1, `max_age`
 */
const MAX_AGE_SECONDS = 30 * 24 * 60 * 60;

/** The path of the redirect URL that a tenant must allow. */
export const SIGN_IN_REDIRECT_PATH = 'sign-in';

/** Made new for each sign-in and used once. */
type Secrets = { readonly state: string; readonly nonce: string; readonly verifier: string };

const makeSecrets = (): Secrets => ({
  state: oauth.generateRandomState(),
  nonce: oauth.generateRandomNonce(),
  verifier: oauth.generateRandomCodeVerifier(),
});

const redeem = async (
  server: AuthorizationServer,
  answer: string,
  redirectUri: string,
  secrets: Secrets,
): Promise<GrantedTokens> => {
  const { metadata, client } = server;
  const parameters = oauth.validateAuthResponse(metadata, client, new URL(answer), secrets.state);
  const response = await oauth.authorizationCodeGrantRequest(
    metadata,
    client,
    oauth.None(),
    parameters,
    redirectUri,
    secrets.verifier,
    server.options(),
  );
  return grantedTokens(
    await oauth.processAuthorizationCodeResponse(metadata, client, response, {
      expectedNonce: secrets.nonce,
      requireIdToken: true,
    }),
  );
};

/**
 * Makes {@link AuthorizationCode}: Authorization Code with PKCE in the browser's sign-in window.
 * @see RFC 7636; OpenID Connect Core 1.0 §3.1
 */
export const createAuthorizationCode = ({
  servers,
  identity,
  network,
}: Dependencies): AuthorizationCode => {
  const authorizationUrl = async (
    server: AuthorizationServer,
    backend: Backend,
    redirectUri: string,
    secrets: Secrets,
    { prompt, stepUp, loginHint }: WantedSignIn,
  ): Promise<string> => {
    const url = new URL(server.metadata.authorization_endpoint ?? '');
    const parameters: Record<string, string> = {
      response_type: 'code',
      client_id: backend.discovery.clientId,
      redirect_uri: redirectUri,
      scope: backend.discovery.scope,
      audience: backend.discovery.audience,
      state: secrets.state,
      nonce: secrets.nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(secrets.verifier),
      code_challenge_method: 'S256',
      max_age: String(stepUp?.maxAgeSeconds ?? MAX_AGE_SECONDS),
      ...(stepUp?.acrValues !== undefined && { acr_values: stepUp.acrValues }),
      ...(loginHint !== undefined && { login_hint: loginHint }),
      ...(prompt !== undefined && { prompt }),
    };
    for (const [name, value] of Object.entries(parameters)) {
      url.searchParams.set(name, value);
    }
    return url.href;
  };

  const askAgent = async (url: string): Promise<string | undefined> => {
    try {
      return await identity.launchWebAuthFlow({ url, interactive: true });
    } catch {
      // The browser has one answer for a closed window and for a page that did not load.
      return undefined;
    }
  };

  return async (backend, wanted) => {
    const redirectUri = identity.redirectUrl(SIGN_IN_REDIRECT_PATH);
    const secrets = makeSecrets();
    try {
      const server = await servers(backend);
      const url = await authorizationUrl(server, backend, redirectUri, secrets, wanted);
      const answer = await askAgent(url);
      if (answer === undefined) {
        return refused(extensionProblem(network.isOnline() ? 'sign_in_closed' : 'offline'));
      }
      return done(await redeem(server, answer, redirectUri, secrets));
    } catch (error) {
      const problem = oauthProblem(error, network);
      // A code that was refused is a failed sign-in; there was no session that could expire.
      return refused(
        problem.code === 'session_expired' ? extensionProblem('sign_in_failed') : problem,
      );
    }
  };
};
