import { createHash } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { TokenExchangeEvent } from '../../../src/action/custom-token-exchange/event.ts';
import { onExecuteCustomTokenExchange } from '../../../src/action/custom-token-exchange/main.ts';

export const NOW = new Date('2026-03-01T12:00:00Z');
export const NOW_SECONDS = 1_772_366_400;
export const LAUNCH = '3f0f6f0c-6d53-4a0e-9f5e-0a3c5d8a1b2c';
const ISSUER = 'https://understudy.example.com';
const AUDIENCE = 'https://agents.example.com/';

const keys = await generateKeyPair('ES256', { extractable: true });
/** The backend's public key, as the Action finds it pinned or at an address. */
export const publicJwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'ES256' };
const otherKeys = await generateKeyPair('ES256');

type Claims = Record<string, unknown>;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An ID token as Auth0 would have verified it: only its claims matter to the Action. */
export const actorToken = (claims: Claims = {}): string =>
  `${encode({ alg: 'RS256', kid: 'tenant' })}.${encode({
    iss: AUDIENCE,
    aud: 'extension-client',
    sub: 'auth0|agent',
    iat: NOW_SECONDS - 60,
    exp: NOW_SECONDS + 3600,
    'https://understudy.example/roles': ['Support Agent'],
    ...claims,
  })}.signature`;

/** Changes to an exchange that is otherwise good. `undefined` removes a claim. */
export type Changes = {
  readonly subject?: Claims;
  readonly header?: Claims;
  readonly signedBy?: 'backend' | 'stranger';
  readonly rawSubjectToken?: string;
  readonly actor?: Claims;
  readonly rawActorToken?: string | undefined;
  readonly actorTokenType?: string;
  readonly actorUser?: string;
  readonly client?: string;
  readonly resource?: string;
  readonly organization?: string;
  readonly secrets?: Record<string, string | undefined>;
};

const subjectToken = (token: string, changes: Changes): Promise<string> =>
  new SignJWT({
    iss: ISSUER,
    aud: AUDIENCE,
    sub: 'auth0|customer',
    connection: 'customers',
    may_act: { sub: 'auth0|agent' },
    actor_token_sha256: createHash('sha256').update(token).digest('base64url'),
    app: 'shop',
    mode: 'full',
    minutes: 120,
    identity_user_id: 'customer',
    jti: LAUNCH,
    iat: NOW_SECONDS,
    exp: NOW_SECONDS + 60,
    ...changes.subject,
  })
    .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'JWT', ...changes.header })
    .sign(changes.signedBy === 'stranger' ? otherKeys.privateKey : keys.privateKey);

/** Runs the Action on a good exchange with these changes, and tells what it called. */
export const runExchange = async (changes: Changes = {}, cache = new Map<string, string>()) => {
  const token = 'rawActorToken' in changes ? changes.rawActorToken : actorToken(changes.actor);
  const event: TokenExchangeEvent = {
    client: { client_id: changes.client ?? 'requesting-client' },
    ...(changes.organization && { organization: { id: changes.organization } }),
    resource_server: { identifier: changes.resource ?? 'urn:agents.example.com:session_transfer' },
    transaction: {
      subject_token: changes.rawSubjectToken ?? (await subjectToken(token ?? '', changes)),
      ...(token !== undefined && { actor_token: token }),
      actor_token_type: changes.actorTokenType ?? 'urn:ietf:params:oauth:token-type:id_token',
      actor_token_user: { user_id: changes.actorUser ?? 'auth0|agent' },
    },
    secrets: {
      SUBJECT_TOKEN_ISSUER: ISSUER,
      SUBJECT_TOKEN_AUDIENCE: AUDIENCE,
      SUBJECT_TOKEN_JWKS: JSON.stringify({ keys: [publicJwk] }),
      REQUESTING_CLIENT_ID: 'requesting-client',
      EXTENSION_CLIENT_ID: 'extension-client',
      CUSTOMER_CONNECTIONS: 'customers,acme-sso',
      AGENT_ROLES: 'Support Agent, Support Supervisor',
      ...changes.secrets,
    },
  };
  const calls: unknown[][] = [];
  const called =
    (name: string) =>
    (...args: unknown[]): void => {
      calls.push([name, ...args]);
    };
  await onExecuteCustomTokenExchange(event, {
    access: {
      deny: called('deny'),
      rejectInvalidSubjectToken: called('rejectInvalidSubjectToken'),
    },
    authentication: {
      setUserById: called('setUserById'),
      setUserByConnection: called('setUserByConnection'),
      setActor: called('setActor'),
    },
    cache: {
      get: (key) => {
        const value = cache.get(key);
        return value === undefined ? undefined : { value };
      },
      set: (key, value) => cache.set(key, value),
    },
  });
  return calls;
};

/** What the Action did, in short: the code of its refusal, `rejected`, or `allowed`. */
export const verdict = async (changes: Changes): Promise<unknown> => {
  const [first] = await runExchange(changes);
  if (first?.[0] === 'deny') {
    return first[1];
  }
  return first?.[0] === 'rejectInvalidSubjectToken' ? 'rejected' : 'allowed';
};
