import { describe, expect, test } from 'vitest';
import { claimsOf } from '../../../fixture-browser.ts';
import { exchange, order, signInAgent } from '../../../fixture-delegation.ts';
import { fixtureManagement, type ManagementAnswer } from '../../../fixture-management.ts';
import { nora } from '../../../fixture-seed.ts';
import { type FixtureTenant, fixtureTenant } from '../../../fixture-tenant.ts';

type Call = ReturnType<typeof fixtureManagement>;

const loginTrigger = [{ id: 'post-login', version: 'v3' }];
const claiming = (value: string) =>
  `exports.onExecutePostLogin = async (event, api) => api.idToken.setCustomClaim('https://made.example/x', ${value});`;

const makeAction = async (call: Call, fields: object): Promise<string> => {
  const { status, body } = await call('POST', '/actions/actions', {
    name: 'made',
    supported_triggers: loginTrigger,
    ...fields,
  });
  expect(status).toBe(201);
  return String(body['id']);
};

const deploy = (tenant: FixtureTenant, call: Call, id: string): Promise<ManagementAnswer> => {
  tenant.wait(1);
  return call('POST', `/actions/actions/${id}/deploy`);
};

const bind = (call: Call, ...names: string[]): Promise<ManagementAnswer> =>
  call('PATCH', '/actions/triggers/post-login/bindings', {
    bindings: names.map((value) => ({ ref: { type: 'action_name', value }, display_name: value })),
  });

/** The claims of an agent who signs in now. */
const claimsNow = async (tenant: FixtureTenant): Promise<Record<string, unknown>> =>
  claimsOf((await signInAgent(tenant))['id_token']);

describe('a post-login Action', () => {
  test('runs only once it is deployed and bound', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    const id = await makeAction(call, { code: claiming(`'hello'`) });
    expect((await bind(call, 'made')).status).toBe(400);
    expect((await deploy(tenant, call, id)).body).toMatchObject({ number: 1, deployed: true });
    expect(await claimsNow(tenant)).not.toHaveProperty(['https://made.example/x']);
    expect((await bind(call, 'post-login', 'made')).status).toBe(200);
    const claims = await claimsNow(tenant);
    expect(claims['https://made.example/x']).toBe('hello');
    expect(claims['https://sandbox.example/roles']).toEqual(['Support Agent']);
  });

  test('that was unbound does not run', async () => {
    const tenant = fixtureTenant();
    await bind(fixtureManagement(tenant));
    expect(await claimsNow(tenant)).not.toHaveProperty(['https://sandbox.example/roles']);
  });

  test('goes on running as it was deployed until its change is deployed too', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    const id = await makeAction(call, { code: claiming(`'old'`) });
    await deploy(tenant, call, id);
    await bind(call, 'made');
    const { body } = await call('PATCH', `/actions/actions/${id}`, { code: claiming(`'new'`) });
    expect(body).toMatchObject({ all_changes_deployed: false, deployed_version: { number: 1 } });
    expect((await claimsNow(tenant))['https://made.example/x']).toBe('old');
    await deploy(tenant, call, id);
    expect((await claimsNow(tenant))['https://made.example/x']).toBe('new');
    const versions = await call('GET', `/actions/actions/${id}/versions`);
    expect(versions.body).toMatchObject({
      total: 2,
      versions: [
        { number: 2, deployed: true },
        { number: 1, deployed: false },
      ],
    });
  });

  test('has its secrets and the modules that it depends on, and no others', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    const id = await makeAction(call, {
      code: `const { SignJWT } = require('jose'); ${claiming(`event.secrets.COLOR + typeof SignJWT`)}`,
      secrets: [{ name: 'COLOR', value: 'green' }],
      dependencies: [{ name: 'jose', version: '6.2.17' }],
    });
    await deploy(tenant, call, id);
    await bind(call, 'made');
    expect((await claimsNow(tenant))['https://made.example/x']).toBe('greenfunction');
    await call('PATCH', `/actions/actions/${id}`, { dependencies: [] });
    await deploy(tenant, call, id);
    expect(await signInAgent(tenant)).not.toHaveProperty('id_token');
    expect(tenant.context.log.entries.find(({ type }) => type === 'f')).toMatchObject({
      description: 'The Action requires "jose", which is not among its dependencies.',
    });
  });

  test('shows the names of its secrets and never a value', async () => {
    const call = fixtureManagement(fixtureTenant());
    const id = await makeAction(call, { secrets: [{ name: 'K', value: 'a-secret-value' }] });
    const { body } = await call('GET', `/actions/actions/${id}`);
    expect(body['secrets']).toEqual([{ name: 'K' }]);
    expect(JSON.stringify(await call('GET', '/actions/actions'))).not.toContain('a-secret-value');
  });

  test('keeps the value of a secret that is sent by its name alone', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    const id = await makeAction(call, { secrets: [{ name: 'K', value: 'kept' }] });
    await call('PATCH', `/actions/actions/${id}`, {
      code: claiming('event.secrets.K'),
      secrets: [{ name: 'K' }],
    });
    await deploy(tenant, call, id);
    await bind(call, 'made');
    expect((await claimsNow(tenant))['https://made.example/x']).toBe('kept');
  });

  test('cannot be deployed while it is being built', async () => {
    const tenant = fixtureTenant({ choices: { actionBuildInMilliseconds: 2000 } });
    const call = fixtureManagement(tenant);
    const id = await makeAction(call, {});
    const early = await deploy(tenant, call, id);
    expect(early.status).toBe(400);
    expect(early.body['message']).toContain("must be in the 'built' state");
    expect((await deploy(tenant, call, id)).status).toBe(202);
  });

  test('that is bound is only deleted by force', async () => {
    const call = fixtureManagement(fixtureTenant());
    const path = '/actions/actions/act_post-login';
    expect((await call('DELETE', path)).status).toBe(409);
    expect((await call('DELETE', `${path}?force=true`)).status).toBe(204);
    const { body } = await call('GET', '/actions/triggers/post-login/bindings');
    expect(body).toMatchObject({ total: 0, bindings: [] });
  });
});

describe('a token exchange profile', () => {
  test('runs the Action that it names, without a binding', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    const action_id = await makeAction(call, {
      supported_triggers: [{ id: 'custom-token-exchange', version: 'v1' }],
      code: `exports.onExecuteCustomTokenExchange = async (event, api) => api.access.deny('made', 'by the new Action');`,
    });
    await deploy(tenant, call, action_id);
    const made = await call('POST', '/token-exchange-profiles', {
      name: 'Second',
      subject_token_type: 'urn:company:second',
      action_id,
      type: 'custom_authentication',
    });
    expect(made.status).toBe(201);
    const { id_token } = await signInAgent(tenant);
    const answer = await exchange(tenant, id_token, { subject_token_type: 'urn:company:second' });
    expect(answer.body).toEqual({ error: 'made', error_description: 'by the new Action' });
    const { id } = made.body;
    expect((await call('DELETE', `/token-exchange-profiles/${id}`)).status).toBe(204);
    const gone = await exchange(tenant, id_token, { subject_token_type: 'urn:company:second' });
    expect(gone.body['error_description']).toBe(
      'No token exchange profile has this subject_token_type.',
    );
  });

  const good = {
    name: 'Second',
    subject_token_type: 'urn:company:second',
    action_id: 'act_custom-token-exchange',
    type: 'custom_authentication',
  };
  test.each<[string, object, number]>([
    ['a reserved type', { subject_token_type: 'urn:auth0:customer' }, 400],
    ['a type that is no URI', { subject_token_type: 'customer' }, 400],
    ['a type that another profile has', { subject_token_type: 'urn:understudy:customer' }, 409],
    ['an Action of another trigger', { action_id: 'act_post-login' }, 400],
    ['an unknown field', { color: 'red' }, 400],
  ])('cannot be made with %s', async (_, change, status) => {
    const call = fixtureManagement(fixtureTenant());
    expect((await call('POST', '/token-exchange-profiles', { ...good, ...change })).status).toBe(
      status,
    );
  });

  test('never changes its Action', async () => {
    const call = fixtureManagement(fixtureTenant());
    const answer = await call('PATCH', '/token-exchange-profiles/tep_1', {
      action_id: 'act_post-login',
    });
    expect(answer.status).toBe(400);
  });
});

describe('a policy that asks everybody for a second factor', () => {
  test('makes an exchange for an actor fail until it is taken back', async () => {
    const tenant = fixtureTenant();
    const call = fixtureManagement(tenant);
    const { id_token } = await signInAgent(tenant);
    await call('PUT', '/guardian/policies', ['all-applications']);
    expect((await exchange(tenant, id_token)).body['error_description']).toBe(
      'MFA is not supported using actor_token with the requested token exchange profile.',
    );
    await call('PUT', '/guardian/policies', []);
    expect((await exchange(tenant, id_token)).status).toBe(200);
  });
});

describe('suspicious IP throttling', () => {
  const path = '/attack-protection/suspicious-ip-throttling';
  const rejected = JSON.stringify({ reject: true, user: nora.user_id });
  const attemptsUntilLocked = async (settings: object): Promise<number> => {
    const tenant = fixtureTenant();
    expect((await fixtureManagement(tenant)('PATCH', path, settings)).status).toBe(200);
    const { id_token } = await signInAgent(tenant);
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const { status } = await exchange(tenant, id_token, { subject_token: rejected });
      if (status === 429) {
        return attempt;
      }
    }
    expect(
      (await exchange(tenant, id_token, { subject_token: JSON.stringify(order) })).status,
    ).toBe(200);
    return Number.POSITIVE_INFINITY;
  };
  const stage = (settings: object) => ({ stage: { 'pre-custom-token-exchange': settings } });

  test.each<[string, object, number]>([
    ['as many attempts as the stage says', stage({ max_attempts: 3, rate: 600_000 }), 3],
    ['ten attempts by default', {}, 10],
    ['no end of attempts when it is off', { enabled: false }, Number.POSITIVE_INFINITY],
    ['no end of attempts without the stage', { stage: {} }, Number.POSITIVE_INFINITY],
    [
      'no end from an address that is let through',
      { allowlist: ['198.51.100.7'] },
      Number.POSITIVE_INFINITY,
    ],
  ])('allows %s', async (_, settings, attempts) => {
    expect(await attemptsUntilLocked(settings)).toBe(attempts);
  });

  test('refuses a stage that does not exist', async () => {
    const call = fixtureManagement(fixtureTenant());
    const body = { stage: { 'pre-lunch': { max_attempts: 1, rate: 1 } } };
    expect((await call('PATCH', path, body)).status).toBe(400);
  });
});
