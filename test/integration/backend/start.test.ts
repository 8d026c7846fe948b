import { describe, expect, it, onTestFinished } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { createTenantLevers } from '../launch/tenant-levers.ts';
import {
  type BackendProcess,
  type ConfigChange,
  spawnBackend,
  untilReady,
} from './backend-process.ts';

const endpoints = workerEndpoints();

const startBackend = async (
  name: string,
  change: ConfigChange,
  environment: Record<string, string> = {},
): Promise<BackendProcess> => {
  const backend = await spawnBackend(endpoints, name, change, environment);
  onTestFinished(async () => {
    backend.child.kill('SIGTERM');
    await backend.exited;
  });
  return backend;
};

/** Changes fields of one part of the configuration. */
const within =
  (part: string, changes: Record<string, unknown>): ConfigChange =>
  (config) => ({ ...config, [part]: { ...(config[part] as object), ...changes } });

it.each<[string, ConfigChange, Record<string, string>, string]>([
  [
    'a connection that the tenant does not have',
    within('customers', { connections: ['customers', 'custmers'] }),
    {},
    'customers.connections.1: the tenant has no connection "custmers"',
  ],
  [
    'an unknown requesting application',
    within('auth0', { requestingClientId: 'nobody' }),
    {},
    'auth0.requestingClientId: the tenant has no application "nobody"',
  ],
  [
    'an unknown extension',
    within('auth0', { extensionClientId: 'nobody' }),
    {},
    'auth0.extensionClientId: the tenant has no application "nobody"',
  ],
  [
    'a wrong client secret',
    (config) => config,
    { UNDERSTUDY_CLIENT_SECRET: 'hunter2', UNDERSTUDY_CLIENT_SECRET_FILE: '' },
    'auth0.requestingClientId: the tenant does not accept this client id with UNDERSTUDY_CLIENT_SECRET',
  ],
  [
    'a wrong management secret',
    (config) => config,
    {
      UNDERSTUDY_MANAGEMENT_CLIENT_SECRET: 'hunter2',
      UNDERSTUDY_MANAGEMENT_CLIENT_SECRET_FILE: '',
    },
    'auth0.managementClientId: the tenant does not accept this client id with UNDERSTUDY_MANAGEMENT_CLIENT_SECRET',
  ],
])('a backend with %s refuses to start and names the field', async (name, change, env, problem) => {
  const backend = await startBackend(name.replaceAll(' ', '-'), change, env);
  expect(await backend.exited).toBe(1);
  expect(backend.output()).toContain(problem);
  expect(backend.output()).not.toMatch(/hunter2|\n\s+at /);
});

it('a backend whose tenant does not answer starts, and is not ready', async () => {
  const change = within('auth0', { managementDomain: '127.0.0.1:9' });
  const backend = await startBackend('tenant-down', change);
  const readiness = () =>
    fetch(`${backend.origin}/readyz`).then(
      async (response) => ({ status: response.status, body: await response.json() }),
      () => undefined,
    );
  await expect.poll(readiness).toEqual({ status: 503, body: { status: 'tenant_unverified' } });
  expect(backend.output()).toContain('tenant_not_verified');
});

describe('settings of the tenant that the backend’s own scopes can see', () => {
  it.each<[string, unknown, string]>([
    [
      'an IP header that is not trusted',
      { is_token_endpoint_ip_header_trusted: false },
      'auth0.requestingClientId: is_token_endpoint_ip_header_trusted of the application is false, must be true.',
    ],
    [
      'no right to session transfer tokens',
      { session_transfer: { can_create_session_transfer_token: false } },
      'auth0.requestingClientId: session_transfer.can_create_session_transfer_token of the application is false, must be true.',
    ],
  ])('a backend refuses to start with %s', async (name, body, problem) => {
    const levers = await createTenantLevers(endpoints);
    await levers.call('PATCH', `/clients/${endpoints.clients.requesting.clientId}`, body);
    onTestFinished(async () => {
      await levers.reset();
    });
    const backend = await startBackend(name.replaceAll(' ', '-'), (config) => config);
    expect(await backend.exited).toBe(1);
    expect(backend.output()).toContain(problem);
  });

  it('a backend whose application may change the tenant refuses to start', async () => {
    const { clientId, clientSecret } = endpoints.clients.management;
    const backend = await startBackend(
      'too-mighty',
      within('auth0', { managementClientId: clientId }),
      {
        UNDERSTUDY_MANAGEMENT_CLIENT_SECRET: clientSecret,
        UNDERSTUDY_MANAGEMENT_CLIENT_SECRET_FILE: '',
      },
    );
    expect(await backend.exited).toBe(1);
    expect(backend.output()).toMatch(/auth0\.managementClientId: .* take away .*update:clients/);
  });

  it('a backend starts although an app is closed to delegation, and says so', async () => {
    const levers = await createTenantLevers(endpoints);
    const [shop] = endpoints.targetApps;
    await levers.call('PATCH', `/clients/${shop?.id}`, {
      session_transfer: { allowed_authentication_methods: ['query'] },
    });
    onTestFinished(async () => {
      await levers.reset();
    });
    const backend = await startBackend('closed-app', (config) => config);
    await untilReady(backend);
    expect(backend.output()).toContain('tenant_setting_in_the_way');
    expect(backend.output()).toContain(`targetApps.${shop?.id}: session_transfer.delegation`);
  });
});
