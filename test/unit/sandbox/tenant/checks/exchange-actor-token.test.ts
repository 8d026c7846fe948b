import { generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { exchange, signInAgent } from '../fixture-delegation.ts';
import { AGENTS_ORIGIN, CUSTOMERS_ORIGIN, sam } from '../fixture-seed.ts';
import { fixtureTenant } from '../fixture-tenant.ts';
import { answerTo } from './exchange-answer.ts';

describe('the actor token', () => {
  const foreign = async (issuer: string) => {
    const { privateKey } = await generateKeyPair('RS256');
    return new SignJWT({ sub: sam.user_id })
      .setProtectedHeader({ alg: 'RS256', kid: 'test-key' })
      .setIssuer(issuer)
      .setAudience('extension')
      .setExpirationTime('1h')
      .sign(privateKey);
  };
  const own = (tenant: ReturnType<typeof fixtureTenant>, claims: object) =>
    tenant.context.signer.sign(
      {
        iss: `${AGENTS_ORIGIN}/`,
        sub: sam.user_id,
        aud: 'extension',
        exp: Math.floor(tenant.now() / 1000) + 600,
        ...claims,
      },
      'JWT',
    );

  test('signed by another key is refused', async () => {
    const { body } = await answerTo({ actor_token: await foreign(`${AGENTS_ORIGIN}/`) });
    expect(body['error']).toBe('invalid_request');
  });

  test('unsigned is refused', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = `${part({ alg: 'none' })}.${part({
      iss: `${AGENTS_ORIGIN}/`,
      sub: sam.user_id,
      exp: 9_999_999_999,
    })}.`;
    const { body } = await answerTo({ actor_token: unsigned });
    expect(body['error']).toBe('invalid_request');
  });

  test('expired is refused', async () => {
    const tenant = fixtureTenant();
    const { id_token } = await signInAgent(tenant);
    tenant.wait(36_000);
    const { body } = await exchange(tenant, id_token);
    expect(body['error']).toBe('invalid_request');
  });

  test('of another issuer is refused', async () => {
    const tenant = fixtureTenant();
    const token = await own(tenant, { iss: 'https://elsewhere.example/' });
    expect((await exchange(tenant, token)).body['error']).toBe('invalid_request');
  });

  test('of the tenant’s other domain passes, unless the choice is otherwise', async () => {
    const open = fixtureTenant();
    const fromOther = { iss: `${CUSTOMERS_ORIGIN}/` };
    expect((await exchange(open, await own(open, fromOther))).status).toBe(200);
    const strict = fixtureTenant({ choices: { actorTokenIssuer: 'domain_of_the_request' } });
    expect((await exchange(strict, await own(strict, fromOther))).status).toBe(400);
  });

  test('of a user who does not exist or is blocked is refused', async () => {
    const tenant = fixtureTenant();
    const gone = await own(tenant, { sub: 'auth0|gone' });
    expect((await exchange(tenant, gone)).body['error']).toBe('invalid_request');
    Object.assign(tenant.context.directory.users.get(sam.user_id) ?? {}, { blocked: true });
    expect((await exchange(tenant, await own(tenant, {}))).body['error']).toBe('invalid_request');
  });

  test('may nest one actor, not two', async () => {
    const tenant = fixtureTenant();
    const once = await own(tenant, { act: { sub: 'a' } });
    expect((await exchange(tenant, once)).status).toBe(200);
    const twice = await own(tenant, { act: { sub: 'a', act: { sub: 'b' } } });
    expect((await exchange(tenant, twice)).body['error']).toBe('invalid_request');
  });

  test('its audience is not looked at: that is for the Action', async () => {
    const tenant = fixtureTenant();
    expect((await exchange(tenant, await own(tenant, { aud: 'shop' }))).status).toBe(200);
  });
});
