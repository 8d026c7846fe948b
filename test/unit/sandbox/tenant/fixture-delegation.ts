import type { LogEntry } from '../../../../src/sandbox/tenant/log/tenant-log.ts';
import {
  challenge,
  type FixtureBrowser,
  fixtureBrowser,
  locationOf,
  post,
  VERIFIER,
} from './fixture-browser.ts';
import { AGENTS_ORIGIN, API, CUSTOMERS_ORIGIN, noraWithin, sam } from './fixture-seed.ts';
import type { FixtureTenant } from './fixture-tenant.ts';

const ID_TOKEN = 'urn:ietf:params:oauth:token-type:id_token';

/** Signs the agent in to the extension and gives the tokens. */
export const signInAgent = async (
  tenant: FixtureTenant,
  browser: FixtureBrowser = fixtureBrowser(tenant),
): Promise<Record<string, unknown>> => {
  const page = await browser.authorize(AGENTS_ORIGIN, {
    response_type: 'code',
    client_id: 'extension',
    redirect_uri: 'http://extension.localhost:5000/callback',
    scope: 'openid profile email offline_access impersonate:customers read:ledger',
    audience: API,
    state: 'st',
    nonce: 'no',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
  const back = locationOf(await browser.submit(page, AGENTS_ORIGIN, sam.email, 'sam-password'));
  const answer = await post(tenant, `${AGENTS_ORIGIN}/oauth/token`, {
    grant_type: 'authorization_code',
    client_id: 'extension',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: 'http://extension.localhost:5000/callback',
    code_verifier: VERIFIER,
  });
  return answer.body;
};

/** What the Action is told to do when nothing else is said: Sam acts as Nora. */
export const order = {
  connection: 'customers',
  user_id: noraWithin,
  actor: { sub: sam.user_id, app: 'shop' },
};

/** The parameters of a good exchange; overrides may remove one with undefined. */
export const exchangeParameters = (
  actorToken: unknown,
  overrides: Record<string, string | undefined> = {},
): Record<string, string | undefined> => ({
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  client_id: 'backend',
  client_secret: 'secret-of-backend',
  audience: 'urn:agents.localhost:session_transfer',
  subject_token: JSON.stringify(order),
  subject_token_type: 'urn:understudy:customer',
  actor_token: String(actorToken),
  actor_token_type: ID_TOKEN,
  ...overrides,
});

/** Exchanges on behalf of a browser at an address. */
export const exchange = (
  tenant: FixtureTenant,
  actorToken: unknown,
  overrides: Record<string, string | undefined> = {},
  forwardedFor = '198.51.100.7',
) =>
  post(tenant, `${AGENTS_ORIGIN}/oauth/token`, exchangeParameters(actorToken, overrides), {
    'auth0-forwarded-for': forwardedFor,
  });

/** A session transfer token for Nora, or whoever the order says. */
export const mint = async (
  tenant: FixtureTenant,
  changes: Partial<typeof order> = {},
  overrides: Record<string, string | undefined> = {},
): Promise<string> => {
  const { id_token } = await signInAgent(tenant);
  const answer = await exchange(tenant, id_token, {
    subject_token: JSON.stringify({ ...order, ...changes }),
    ...overrides,
  });
  return String(answer.body['access_token']);
};

/** What an app sends to `/authorize` with the token it was given. */
export const redemption = (
  app: 'shop' | 'desk',
  token: string | undefined,
  overrides: Record<string, string | undefined> = {},
) => ({
  response_type: 'code',
  client_id: app,
  redirect_uri: `http://${app}.localhost:5000/callback`,
  scope: 'openid profile email offline_access',
  state: 'app-state',
  nonce: 'app-nonce',
  code_challenge: challenge,
  code_challenge_method: 'S256',
  session_transfer_token: token,
  ...(app === 'desk' && { organization: 'org_nordwind' }),
  ...overrides,
});

/** Exchanges an app's code for its tokens. */
export const appTokens = (tenant: FixtureTenant, app: 'shop' | 'desk', code: string | null) =>
  post(tenant, `${CUSTOMERS_ORIGIN}/oauth/token`, {
    grant_type: 'authorization_code',
    client_id: app,
    ...(app === 'shop' && { client_secret: 'secret-of-shop' }),
    code: code ?? '',
    redirect_uri: `http://${app}.localhost:5000/callback`,
    code_verifier: VERIFIER,
  });

/** The session that a log entry is about, in the one place where Auth0 has it. */
export const sessionIdOf = (entry: LogEntry | undefined): string =>
  (entry?.['details'] as { session_id?: string } | undefined)?.session_id ?? '';

export const logTypesOf = (tenant: FixtureTenant): string[] =>
  tenant.context.log.entries.map((entry) => entry.type);
