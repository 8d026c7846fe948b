import { generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { post } from '../fixture-browser.ts';
import { exchange, exchangeParameters, mint, order, signInAgent } from '../fixture-delegation.ts';
import {
  AGENTS_ORIGIN,
  API,
  CUSTOMERS_ORIGIN,
  enzo,
  nora,
  noraWithin,
  pia,
  sam,
} from '../fixture-seed.ts';
import { fixtureTenant } from '../fixture-tenant.ts';

const told = (changes: object) => ({ subject_token: JSON.stringify({ ...order, ...changes }) });

/** A tenant with a signed-in agent, and the exchange's answer to overridden parameters. */
const answerTo = async (
  overrides: Record<string, string | undefined>,
  options: Parameters<typeof fixtureTenant>[0] = {},
) => {
  const tenant = fixtureTenant(options);
  const { id_token } = await signInAgent(tenant);
  const { status, body } = await exchange(tenant, id_token, overrides);
  return { tenant, status, body };
};

const requesting = (seed: { clients: { client_id: string }[] }) =>
  seed.clients.find((client) => client.client_id === 'backend');

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

describe('what the Action decides', () => {
  test('its code and reason of deny reach the client', async () => {
    const { status, body } = await answerTo(told({ deny: 'customer_protected' }));
    expect(status).toBe(400);
    expect(body).toEqual({
      error: 'customer_protected',
      error_description: 'denied by the Action',
    });
  });

  test.each(['invalid_request', 'setactor_required'] as const)(
    'without setActor the answer is %s',
    async (code) => {
      const { status, body } = await answerTo(told({ actor: undefined }), {
        choices: { missingActorCode: code },
      });
      expect(status).toBe(400);
      expect(body['error']).toBe(code);
    },
  );

  test.each([
    ['no sub', { app: 'shop' }],
    ['an empty sub', { sub: '' }],
    ['six custom properties', { sub: 's', a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }],
    ['an object as a property', { sub: 's', a: {} }],
    ['null as a property', { sub: 's', a: null }],
    ['a list', ['s']],
  ])('an actor with %s is refused', async (_, actor) => {
    const { body } = await answerTo(told({ actor }));
    expect(body['error']).toBe('invalid_request');
  });

  test('five custom properties are fine', async () => {
    const { status } = await answerTo(
      told({ actor: { sub: 's', a: 1, b: true, c: 'x', d: 4, e: 5 } }),
    );
    expect(status).toBe(200);
  });

  test('no user, or two, are refused', async () => {
    expect((await answerTo(told({ user_id: undefined }))).body['error']).toBe('invalid_request');
    const both = await answerTo(told({ user_id_global: nora.user_id }));
    expect(both.body['error_description']).toBe('The Action must set exactly one user.');
  });

  test('setUserById works on its own', async () => {
    const { status } = await answerTo(told({ user_id: undefined, user_id_global: nora.user_id }));
    expect(status).toBe(200);
  });

  test('a user whom nobody knows is refused', async () => {
    const { body } = await answerTo(told({ user_id: 'nobody' }));
    expect(body['error']).toBe('invalid_request');
  });

  test('an id of another connection is not found', async () => {
    const { body } = await answerTo(told({ connection: 'acme-sso', user_id: noraWithin }));
    expect(body['error_description']).toBe('The user does not exist.');
  });

  test.each([enzo.email, `acme-sso|${enzo.email}`])(
    'an enterprise customer is found by %s',
    async (userId) => {
      const { status } = await answerTo(told({ connection: 'acme-sso', user_id: userId }));
      expect(status).toBe(200);
    },
  );

  test('a connection that is not enabled for the requesting client is refused', async () => {
    const { body } = await answerTo(
      told({ connection: 'partners', user_id: pia.identities[0]?.user_id }),
      {
        change: (seed) => {
          for (const connection of seed.connections) {
            if (connection.name === 'partners') {
              connection.enabled_clients = [];
            }
          }
        },
      },
    );
    expect(body['error_description']).toBe('The connection is not enabled for the client.');
  });

  test('a blocked customer is refused', async () => {
    const { body } = await answerTo(
      {},
      {
        change: (seed) => {
          for (const user of seed.users) {
            if (user.user_id === nora.user_id) {
              user.blocked = true;
            }
          }
        },
      },
    );
    expect(body['error_description']).toBe('The user is blocked.');
  });

  test('the post-login Action runs at the exchange and can refuse', async () => {
    const { body } = await answerTo(
      {},
      {
        change: (seed) => {
          for (const user of seed.users) {
            if (user.user_id === nora.user_id) {
              user.app_metadata = { refuse_at: 'exchange' };
            }
          }
        },
      },
    );
    expect(body).toEqual({
      error: 'access_denied',
      error_description: 'refused at the exchange',
    });
  });

  test('ten rejected subject tokens lock the address out, one more is let in every ten minutes', async () => {
    const tenant = fixtureTenant();
    const { id_token } = await signInAgent(tenant);
    const reject = () => exchange(tenant, id_token, told({ reject: true }));
    for (let nth = 1; nth <= 10; nth += 1) {
      expect((await reject()).body['error']).toBe('invalid_request');
    }
    const locked = await exchange(tenant, id_token);
    expect(locked.status).toBe(429);
    expect(locked.body['error']).toBe('too_many_attempts');
    expect((await exchange(tenant, id_token, {}, '198.51.100.8')).status).toBe(200);
    tenant.wait(600);
    expect((await reject()).body['error']).toBe('invalid_request');
    expect((await exchange(tenant, id_token)).status).toBe(429);
  });
});

describe('what the Action sees', () => {
  const seen = async (overrides: Record<string, string> = {}) => {
    const { body } = await answerTo({ ...told({ echo: true }), ...overrides });
    return JSON.parse(String(body['error_description'])) as Record<string, unknown>;
  };

  test('the documented event, with the forwarded address and the actor’s profile', async () => {
    expect(await seen({ reason: 'TCK-1', organization: 'org_nordwind' })).toMatchObject({
      client: { client_id: 'backend', name: 'backend', metadata: {} },
      organization: { id: 'org_nordwind', name: 'nordwind', display_name: 'Nordwind Logistics' },
      request: {
        ip: '198.51.100.7',
        hostname: 'agents.localhost',
        method: 'POST',
        body: { reason: 'TCK-1' },
      },
      resource_server: { identifier: 'urn:agents.localhost:session_transfer' },
      transaction: {
        subject_token_type: 'urn:understudy:customer',
        actor_token_type: 'urn:ietf:params:oauth:token-type:id_token',
        actor_token_user: { user_id: sam.user_id, app_metadata: {} },
      },
      secrets: { COLOR: 'green' },
    });
  });

  test('neither the client secret nor the actor’s roles', async () => {
    const event = JSON.stringify(await seen());
    expect(event).not.toContain('secret-of-backend');
    expect(event).not.toContain('Support Agent');
  });

  test('no forwarded address of a client that is not trusted with the header', async () => {
    const { body } = await answerTo(told({ echo: true }), {
      change: (seed) => {
        Object.assign(requesting(seed) ?? {}, { is_token_endpoint_ip_header_trusted: false });
      },
    });
    expect(JSON.parse(String(body['error_description']))).toMatchObject({
      request: { ip: '203.0.113.1' },
    });
  });
});

describe('limits of an Action', () => {
  test('an endless loop is ended and the next call works', async () => {
    const tenant = fixtureTenant({ timeoutInMilliseconds: 2_000 });
    const { id_token } = await signInAgent(tenant);
    const hung = await exchange(tenant, id_token, told({ hang: true }));
    expect(hung.status).toBe(500);
    expect(hung.body['error']).toBe('server_error');
    expect((await exchange(tenant, id_token)).status).toBe(200);
  });

  test('eating memory is ended', async () => {
    const { status } = await answerTo(told({ hoard: true }));
    expect(status).toBe(500);
  });

  test('an exception is a server error', async () => {
    const { status, body } = await answerTo(told({ throw: true }));
    expect(status).toBe(500);
    expect(body).toEqual({ error: 'server_error', error_description: 'boom' });
  });

  test('api.cache remembers between calls, for its time', async () => {
    const tenant = fixtureTenant();
    const { id_token } = await signInAgent(tenant);
    const once = () => exchange(tenant, id_token, told({ remember: 'jti-1' }));
    expect((await once()).status).toBe(200);
    expect((await once()).body['error']).toBe('replayed');
    tenant.wait(61);
    expect((await once()).status).toBe(200);
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
