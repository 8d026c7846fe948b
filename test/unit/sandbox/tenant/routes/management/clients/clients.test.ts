import { describe, expect, test } from 'vitest';
import { post } from '../../../fixture-browser.ts';
import { fixtureManagement } from '../../../fixture-management.ts';
import { CANONICAL_ORIGIN } from '../../../fixture-seed.ts';
import { fixtureTenant } from '../../../fixture-tenant.ts';

describe('a client that is created', () => {
  test('has Auth0’s defaults, an id, and a secret that only the creation shows', async () => {
    const call = fixtureManagement(fixtureTenant());
    const made = await call('POST', '/clients', { name: 'Made', app_type: 'non_interactive' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      name: 'Made',
      app_type: 'non_interactive',
      token_endpoint_auth_method: 'client_secret_post',
      is_first_party: true,
      oidc_conformant: false,
      jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 36_000 },
      client_secret: expect.any(String),
    });
    const read = await call('GET', `/clients/${made.body['client_id']}`);
    expect(read.body).toMatchObject({ name: 'Made' });
    expect(read.body).not.toHaveProperty('client_secret');
  });

  test('gets no secret where it authenticates in no way', async () => {
    const call = fixtureManagement(fixtureTenant());
    const { body } = await call('POST', '/clients', { name: 'App', app_type: 'native' });
    expect(body).toMatchObject({ token_endpoint_auth_method: 'none' });
    expect(body).not.toHaveProperty('client_secret');
  });

  test('can ask for tokens at once, until it is deleted', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    const { body } = await call('POST', '/clients', {
      name: 'Worker',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
    });
    const ask = () =>
      post(tenant, `${CANONICAL_ORIGIN}/oauth/token`, {
        grant_type: 'client_credentials',
        client_id: String(body['client_id']),
        client_secret: String(body['client_secret']),
        audience: `${CANONICAL_ORIGIN}/api/v2/`,
      });
    expect((await ask()).body['error']).toBe('access_denied');
    expect((await call('DELETE', `/clients/${body['client_id']}`)).status).toBe(204);
    expect((await ask()).body['error']).toBe('invalid_client');
    expect((await call('GET', `/clients/${body['client_id']}`)).status).toBe(404);
  });

  test('takes every setting of a requesting application', async () => {
    const settings = {
      organization_usage: 'allow',
      is_token_endpoint_ip_header_trusted: true,
      token_exchange: { allow_any_profile_of_type: ['custom_authentication'] },
      session_transfer: {
        can_create_session_transfer_token: true,
        enforce_cascade_revocation: true,
        delegation: { allow_delegated_access: true, enforce_device_binding: 'ip' },
      },
      refresh_token: { rotation_type: 'rotating', expiration_type: 'expiring' },
    };
    const call = fixtureManagement(fixtureTenant());
    const { status, body } = await call('POST', '/clients', { name: 'Backend', ...settings });
    expect(status).toBe(201);
    expect(body).toMatchObject(settings);
  });
});

/** What is sent, and what the error says. */
const refused: [string, object, string][] = [
  ['no name', {}, "'Missing required property: name'"],
  ['a name with markup', { name: '<b>' }, '\'must match pattern "^[^<>]+$"\' on property name'],
  [
    'a setting that does not exist',
    { name: 'a', is_nice: true },
    "'Additional properties not allowed: is_nice'",
  ],
  [
    'a client id of one’s own',
    { name: 'a', client_id: 'mine' },
    "'Additional properties not allowed: client_id'",
  ],
  [
    'an unknown setting of session_transfer',
    { name: 'a', session_transfer: { allow_everything: true } },
    "'Additional properties not allowed: allow_everything' on property session_transfer",
  ],
  [
    'a device binding that delegation does not have',
    { name: 'a', session_transfer: { delegation: { enforce_device_binding: 'asn' } } },
    "'must be equal to one of the allowed values' on property session_transfer.delegation.enforce_device_binding",
  ],
  [
    'a login URI that is not https',
    { name: 'a', initiate_login_uri: 'http://shop.example/login' },
    "'Object didn't pass validation for format absolute-https-uri-with-placeholders-or-empty' on property initiate_login_uri",
  ],
  ['text for a list', { name: 'a', callbacks: 'x' }, "'Expected type array' on property callbacks"],
];

describe('the schema refuses', () => {
  test.each(refused)('%s', async (_, body, reason) => {
    const call = fixtureManagement(fixtureTenant());
    expect(await call('POST', '/clients', body)).toEqual({
      status: 400,
      body: {
        statusCode: 400,
        error: 'Bad Request',
        message: `Payload validation error: ${reason}.`,
        errorCode: 'invalid_body',
      },
    });
  });

  test.each(refused.slice(1))('%s in a change, which stays without effect', async (_, body) => {
    const call = fixtureManagement(fixtureTenant());
    const before = await call('GET', '/clients/shop');
    expect((await call('PATCH', '/clients/shop', body)).status).toBe(400);
    expect(await call('GET', '/clients/shop')).toEqual(before);
  });
});

test.each([
  ['POST', '/clients'],
  ['DELETE', '/clients/shop'],
])('%s %s wants its scope', async (method, path) => {
  const answer = await fixtureManagement(fixtureTenant(), 'machine')(method, path);
  expect(answer).toMatchObject({ status: 403, body: { errorCode: 'insufficient_scope' } });
});
