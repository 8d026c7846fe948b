import { describe, expect, test } from 'vitest';
import { exchange, signInAgent } from '../fixture-delegation.ts';
import { enzo, nora, noraWithin, pia, sam } from '../fixture-seed.ts';
import { fixtureTenant } from '../fixture-tenant.ts';
import { answerTo, requesting, told } from './exchange-answer.ts';

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
    const tenant = fixtureTenant({ timeoutInMilliseconds: 3_000 });
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
