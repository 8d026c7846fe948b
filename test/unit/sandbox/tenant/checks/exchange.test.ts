import { describe, expect, test } from 'vitest';
import { post } from '../fixture-browser.ts';
import { exchange, exchangeParameters, mint, signInAgent } from '../fixture-delegation.ts';
import { AGENTS_ORIGIN, API, CUSTOMERS_ORIGIN, enzo, nora, sam } from '../fixture-seed.ts';
import { fixtureTenant } from '../fixture-tenant.ts';
import { answerTo, requesting, told } from './exchange-answer.ts';

describe('who asks', () => {
  test('a public client is refused', async () => {
    const { status, body } = await answerTo({ client_id: 'extension', client_secret: undefined });
    expect(status).toBe(400);
    expect(body['error']).toBe('unauthorized_client');
  });

  test('a wrong secret is refused with 401', async () => {
    const { status, body } = await answerTo({ client_secret: 'guess' });
    expect(status).toBe(401);
    expect(body['error']).toBe('invalid_client');
  });

  test('a client without the profile type is refused', async () => {
    const { body } = await answerTo(
      {},
      {
        change: (seed) => {
          Object.assign(requesting(seed) ?? {}, { token_exchange: undefined });
        },
      },
    );
    expect(body['error']).toBe('unauthorized_client');
  });

  test.each(['invalid_request', 'session_transfer_disabled'] as const)(
    'a client that may not create session transfer tokens is refused with %s',
    async (code) => {
      const { status, body } = await answerTo(
        {},
        {
          choices: { sessionTransferDisabledCode: code },
          change: (seed) => {
            Object.assign(requesting(seed) ?? {}, { session_transfer: {} });
          },
        },
      );
      expect(status).toBe(400);
      expect(body['error']).toBe(code);
    },
  );
});

describe('what is asked', () => {
  test.each(['subject_token', 'subject_token_type'])('%s is required', async (name) => {
    const { body } = await answerTo({ [name]: undefined });
    expect(body).toEqual({
      error: 'invalid_request',
      error_description: `Missing required parameter: ${name}`,
    });
  });

  test.each([
    'http://auth0.com/x',
    'https://okta.com/x',
    'urn:ietf:params:oauth:token-type:jwt',
    'urn:auth0:x',
    'urn:okta:x',
  ])('the reserved type %s is refused', async (type) => {
    const { body } = await answerTo({ subject_token_type: type });
    expect(body).toEqual({
      error: 'invalid_request',
      error_description: 'The subject_token_type is reserved.',
    });
  });

  test('a type without a profile is refused', async () => {
    const { body } = await answerTo({ subject_token_type: 'urn:understudy:other' });
    expect(body['error']).toBe('invalid_request');
  });

  test.each(['actor_token', 'actor_token_type'])(
    'the other half alone is refused when %s is missing',
    async (name) => {
      const { body } = await answerTo({ [name]: undefined });
      expect(body).toEqual({
        error: 'invalid_request',
        error_description: 'actor_token and actor_token_type are required together.',
      });
    },
  );

  test('an access token cannot prove the actor', async () => {
    const { body } = await answerTo({
      actor_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    });
    expect(body['error']).toBe('invalid_request');
  });

  test.each([
    'urn:customers.localhost:session_transfer',
    'urn:agents.localhost:4000:session_transfer',
  ])('the audience %s is not this domain', async (audience) => {
    const { status, body } = await answerTo({ audience });
    expect(status).toBe(400);
    expect(body['error']).toBe('invalid_request');
  });

  test('at the other domain its own audience is right', async () => {
    const tenant = fixtureTenant();
    const { id_token } = await signInAgent(tenant);
    const { body } = await post(
      tenant,
      `${CUSTOMERS_ORIGIN}/oauth/token`,
      exchangeParameters(id_token, { audience: 'urn:customers.localhost:session_transfer' }),
    );
    expect(body['issued_token_type']).toBe(
      'urn:auth0:params:oauth:token-type:session_transfer_token',
    );
  });

  test('the audience alone decides: an API gives an ordinary access token with the actor', async () => {
    const { body } = await answerTo({ audience: API, scope: 'openid offline_access' });
    expect(body['issued_token_type']).toBe('urn:ietf:params:oauth:token-type:access_token');
    expect(body['token_type']).toBe('Bearer');
    expect(body['refresh_token']).toBeUndefined();
  });

  test('an unknown organization is refused', async () => {
    const { body } = await answerTo({ organization: 'org_nobody' });
    expect(body['error']).toBe('invalid_request');
  });

  test('an organization that the customer does not belong to is refused', async () => {
    const { body } = await answerTo({
      organization: 'org_nordwind',
      ...told({ connection: 'acme-sso', user_id: enzo.email }),
    });
    expect(body).toEqual({
      error: 'invalid_request',
      error_description: 'The user is not a member of the organization.',
    });
  });

  test('a parameter given twice is refused', async () => {
    const tenant = fixtureTenant();
    const response = await tenant.fetch(
      new Request(`${AGENTS_ORIGIN}/oauth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'grant_type=client_credentials&grant_type=refresh_token',
      }),
      { ip: '203.0.113.1' },
    );
    expect(response.status).toBe(400);
  });

  test('a JSON body does as well', async () => {
    const tenant = fixtureTenant();
    const { id_token } = await signInAgent(tenant);
    const response = await tenant.fetch(
      new Request(`${AGENTS_ORIGIN}/oauth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(exchangeParameters(id_token)),
      }),
      { ip: '203.0.113.1' },
    );
    expect(response.status).toBe(200);
  });
});

test('the response may come without a token_type', async () => {
  const { body } = await answerTo({}, { choices: { sessionTransferHasTokenType: false } });
  expect(Object.keys(body)).toEqual(['access_token', 'issued_token_type', 'expires_in']);
});

test('success and failure are in the log, without any token', async () => {
  const tenant = fixtureTenant();
  const token = await mint(tenant);
  const { id_token } = await signInAgent(tenant);
  await exchange(tenant, id_token, told({ deny: 'policy_denied' }));
  const entries = tenant.context.log.entries.filter((entry) => entry.type.endsWith('cte'));
  expect(entries).toMatchObject([
    {
      type: 'secte',
      client_id: 'backend',
      user_id: nora.user_id,
      ip: '198.51.100.7',
      details: { actor: { sub: sam.user_id }, subject_token_type: 'urn:understudy:customer' },
    },
    {
      type: 'fecte',
      description: 'denied by the Action',
      hostname: 'agents.localhost',
      details: { actor: { sub: sam.user_id }, subject_token_type: 'urn:understudy:customer' },
    },
  ]);
  expect(JSON.stringify(tenant.context.log.entries)).not.toContain(token);
  expect(JSON.stringify(tenant.context.log.entries)).not.toContain(String(id_token));
});
