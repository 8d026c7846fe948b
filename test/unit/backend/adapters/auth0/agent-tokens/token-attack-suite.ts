import fc from 'fast-check';
import { expect, it } from 'vitest';
import { verifyAccessToken } from '../../../../../../src/backend/adapters/auth0/agent-tokens/verify-access-token.ts';
import { verifyActorToken } from '../../../../../../src/backend/adapters/auth0/agent-tokens/verify-actor-token.ts';
import { isRefusal } from '../../../../../../src/backend/refusal.ts';
import { AGENT } from '../../../fixtures.ts';
import { NOW_SECONDS, RULES, sign, type TokenChanges } from './token-fixture.ts';

const access = {
  iss: 'https://agents.example.com/',
  aud: ['https://understudy.example.com', 'https://agents.example.com/userinfo'],
  sub: 'auth0|agent',
  azp: 'extension-client',
  iat: NOW_SECONDS - 10,
  exp: NOW_SECONDS + 3600,
};
const actor = { ...access, aud: 'extension-client' };

const notATime = fc.oneof(fc.constant(undefined), fc.string(), fc.constant(null), fc.boolean());
const other = fc.oneof(
  fc.string(),
  fc.constant(undefined),
  fc.constant(null),
  fc.integer(),
  fc.array(fc.string()),
  fc.object(),
);

/** One lie in the claims that no honest token tells, whatever its signature. */
const wrongClaims = fc.oneof(
  fc.record({ iss: other }),
  fc.record({ aud: other }),
  fc.record({ azp: fc.string() }),
  fc.record({ sub: fc.oneof(fc.constant(undefined), fc.constant(''), fc.integer()) }),
  fc.record({ act: fc.oneof(fc.object(), fc.string(), fc.constant(null)) }),
  fc.record({ exp: fc.oneof(notATime, fc.integer({ max: NOW_SECONDS - 31 })) }),
  fc.record({
    iat: fc.oneof(notATime, fc.integer({ min: NOW_SECONDS + 31, max: NOW_SECONDS * 2 })),
  }),
);

const forgedBy = fc.constantFrom<NonNullable<TokenChanges['signedBy']>>(
  'stranger',
  'nobody',
  'public-key-as-secret',
);

const attack = fc.oneof(
  wrongClaims.map((claims) => ({ claims, signedBy: 'tenant' as const, type: 'JWT' })),
  forgedBy.map((signedBy) => ({ claims: {}, signedBy, type: 'JWT' })),
  fc
    .constantFrom('', 'logout+jwt', 'secevent+jwt', 'dpop+jwt', 'jwt+at')
    .map((type) => ({ claims: {}, signedBy: 'tenant' as const, type })),
);

/** How many tokens are made up for each test, and from which seed. */
export type AttackRuns = { readonly numRuns: number; readonly seed: number };

/** Tests that none of many made-up tokens is accepted. */
export const tokenAttackSuite = (runs: AttackRuns): void => {
  it('no access token with a single lie is accepted, whoever signed it', async () => {
    await fc.assert(
      fc.asyncProperty(attack, async ({ claims, signedBy, type }) => {
        const token = await sign({ ...access, ...claims }, signedBy, type);
        return isRefusal(await verifyAccessToken(token, RULES));
      }),
      runs,
    );
  });

  it('no actor token with a single lie is accepted, whoever signed it', async () => {
    await fc.assert(
      fc.asyncProperty(attack, async ({ claims, signedBy, type }) => {
        const token = await sign({ ...actor, ...claims }, signedBy, type);
        return isRefusal(await verifyActorToken(token, AGENT.id, RULES));
      }),
      runs,
    );
  });

  it('no text that was made out of an honest token is accepted in its place', async () => {
    const honest = await sign(access);
    expect(isRefusal(await verifyAccessToken(honest, RULES))).toBe(false);
    const [header = '', payload = '', signature = ''] = honest.split('.');
    const place = fc.nat(honest.length - 1);
    const mutated = fc.oneof(
      fc
        .tuple(place, fc.constantFrom('A', 'x', '-', '.', 'eyJ'))
        .map(([at, text]) => honest.slice(0, at) + text + honest.slice(at)),
      place.map((at) => honest.slice(0, at)),
      fc.constantFrom(
        `${header}.${payload}.`,
        `${header}.${payload}`,
        `${payload}.${header}.${signature}`,
        `${honest}.${signature}`,
        `${header}.${payload}.${signature.repeat(1_000)}`,
      ),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(mutated, async (token) => isRefusal(await verifyAccessToken(token, RULES))),
      runs,
    );
  });
};
