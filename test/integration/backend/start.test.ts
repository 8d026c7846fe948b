import { expect, it, onTestFinished } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type BackendProcess, type ConfigChange, spawnBackend } from './backend-process.ts';

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
