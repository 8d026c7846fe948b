import { createLocalJWKSet, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import type { ActorTokenRules } from '../../../../../../src/backend/adapters/auth0/agent-tokens/verify-actor-token.ts';
import { NOW } from '../../../fixtures.ts';

export const NOW_SECONDS = NOW.getTime() / 1000;

const keys = await generateKeyPair('RS256', { extractable: true });
const stranger = await generateKeyPair('RS256');
const publicJwk = { ...(await exportJWK(keys.publicKey)), kid: 'tenant', alg: 'RS256' };
/** What an attacker would use who hopes that the public key is taken for an HMAC secret. */
const publicAsSecret = new TextEncoder().encode(JSON.stringify(publicJwk));

export const RULES: ActorTokenRules = {
  issuer: 'https://agents.example.com/',
  audience: 'https://understudy.example.com',
  extensionClientId: 'extension-client',
  agentAttributes: {},
  keys: createLocalJWKSet({ keys: [publicJwk] }),
  clock: () => NOW,
};

export type TokenChanges = {
  readonly claims?: Record<string, unknown>;
  readonly type?: string | undefined;
  readonly signedBy?: 'tenant' | 'stranger' | 'public-key-as-secret' | 'nobody';
};

/** Signs claims as the tenant would, or as an attacker does. */
export const sign = async (
  claims: Record<string, unknown>,
  signedBy: TokenChanges['signedBy'] = 'tenant',
  type: string | undefined = 'JWT',
): Promise<string> => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  if (signedBy === 'nobody') {
    return `${encode({ alg: 'none', kid: 'tenant' })}.${encode(claims)}.`;
  }
  const jwt = new SignJWT(claims);
  return signedBy === 'public-key-as-secret'
    ? jwt
        .setProtectedHeader({ alg: 'HS256', kid: 'tenant', ...(type !== '' && { typ: type }) })
        .sign(
          await importJWK(
            { kty: 'oct', k: Buffer.from(publicAsSecret).toString('base64url') },
            'HS256',
          ),
        )
    : jwt
        .setProtectedHeader({ alg: 'RS256', kid: 'tenant', ...(type !== '' && { typ: type }) })
        .sign(signedBy === 'stranger' ? stranger.privateKey : keys.privateKey);
};
