import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Endpoints } from '../../../src/commands/sandbox-process.ts';
import { createWebClient } from './web-client.ts';

export type Tokens = {
  readonly accessToken: string;
  readonly idToken: string;
  readonly refreshToken: string;
};

/** What of a sandbox, or of another tenant, an agent's client needs. */
type AgentEndpoints = {
  readonly tenant: Pick<Endpoints['tenant'], 'agents'>;
  readonly backend: string;
  readonly extension: Pick<Endpoints['extension'], 'id'>;
  readonly clients: Pick<Endpoints['clients'], 'extension'>;
};

type Account = { readonly email: string; readonly password: string };

/** Signs somebody in to the extension's client by code and PKCE, as the extension does. */
export const signIn = async (endpoints: AgentEndpoints, account: Account): Promise<Tokens> => {
  const { tenant, extension, clients, backend } = endpoints;
  const redirectUri = `https://${extension.id}.chromiumapp.org/sign-in`;
  const verifier = randomBytes(32).toString('base64url');
  const authorize = new URL('/authorize', tenant.agents);
  authorize.search = new URLSearchParams({
    client_id: clients.extension.clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid profile email offline_access',
    audience: backend,
    state: 'state',
    nonce: 'nonce',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const web = createWebClient();
  const isBack = (url: URL) => url.href.startsWith(redirectUri);
  const page = await web.open(authorize);
  const done = await web.submit(
    page,
    { username: account.email, password: account.password },
    isBack,
  );
  const code = done.location?.searchParams.get('code');
  if (!code) {
    throw new Error(`No code: ${done.status} ${done.location ?? ''} ${done.text.slice(0, 500)}`);
  }
  const { text } = await web.request(new URL('/oauth/token', tenant.agents), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clients.extension.clientId,
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    }),
  });
  const tokens = JSON.parse(text);
  return {
    accessToken: tokens.access_token,
    idToken: tokens.id_token,
    refreshToken: tokens.refresh_token,
  };
};

/** Calls the backend as a signed-in agent. */
export const createAgentClient = (endpoints: Pick<AgentEndpoints, 'backend'>, tokens: Tokens) => {
  const call = async (method: 'GET' | 'POST', path: string, body?: unknown) => {
    const response = await fetch(new URL(path, endpoints.backend), {
      method,
      headers: {
        authorization: `Bearer ${tokens.accessToken}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, text, body: isJson ? JSON.parse(text) : undefined };
  };
  return {
    tokens,
    get: (path: string) => call('GET', path),
    post: (path: string, body: unknown) => call('POST', path, body),
    launch: (changes: Record<string, unknown>) =>
      call('POST', '/v1/launches', {
        id: randomUUID(),
        reason: 'Cannot see the invoice',
        actorToken: tokens.idToken,
        ...changes,
      }),
  };
};
export type AgentClient = ReturnType<typeof createAgentClient>;
