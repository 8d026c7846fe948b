import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  applySetup,
  planOnly,
  removeSetup,
  SetupConflictError,
} from '../../../src/setup/run-setup.ts';
import { byName, readJson, secretsOf } from './company-outcome.ts';
import { type CompanyTenant, companyTenant, foreignThings } from './company-tenant.ts';

describe('setup in a tenant that was set up', () => {
  it('changes nothing the second time', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const files = () => Object.values(tenant.setup.files).map((path) => readFileSync(path, 'utf8'));
    const before = [structuredClone(tenant.data), files()];
    tenant.changesSent();
    await applySetup(tenant.setup);
    expect(tenant.changesSent()).toEqual([]);
    expect([tenant.data, files()]).toEqual(before);
  });

  it('keeps what somebody wrote into the configuration', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const { config: path } = tenant.setup.files;
    const { writeFileSync } = await import('node:fs');
    writeFileSync(
      path,
      JSON.stringify({ ...readJson(path), listen: { host: '0.0.0.0', port: 9000 } }),
    );
    await applySetup(tenant.setup);
    expect(readJson(path).listen).toEqual({ host: '0.0.0.0', port: 9000 });
  });

  it.each<[string, (tenant: CompanyTenant) => void, string]>([
    [
      'offline access that was turned off',
      ({ data }) => {
        byName(data.resourceServers, 'Understudy').allow_offline_access = false;
      },
      'allow_offline_access is false, will be true',
    ],
    [
      'an Action whose code was edited',
      ({ data }) => {
        byName(data.actions, 'understudy-post-login').code = '// nothing';
      },
      'its code is not the built one',
    ],
    [
      'a scope too many',
      ({ data }) => {
        data.clientGrants.at(-1)?.scope.push('update:users');
      },
      'update:users',
    ],
    [
      'a binding that was removed',
      ({ data }) => {
        data.postLoginBindings.pop();
      },
      'Bind the post-login Action',
    ],
  ])('shows %s, and repairs it', async (_what, breakIt, shown) => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const right = structuredClone(tenant.data.resourceServers);
    breakIt(tenant);
    expect(await planOnly(tenant.setup)).toBe(false);
    expect(tenant.said.at(-1)).toContain(shown);
    await applySetup(tenant.setup);
    expect(await planOnly(tenant.setup)).toBe(true);
    expect(tenant.data.resourceServers).toEqual(right);
  });

  it('makes again what was deleted', async () => {
    const tenant = await companyTenant();
    await applySetup(tenant.setup);
    const { client_id } = byName(tenant.data.clients, 'Understudy backend');
    await tenant.api.send({ method: 'DELETE', path: `/clients/${client_id}` });
    await applySetup(tenant.setup);
    const made = byName(tenant.data.clients, 'Understudy backend');
    expect(made.client_id).not.toBe(client_id);
    expect(secretsOf(tenant, 'understudy-post-login')['REQUESTING_CLIENT_ID']).toBe(made.client_id);
    expect(byName(tenant.data.connections, 'customers').enabled_clients).toContain(made.client_id);
    expect(readFileSync(tenant.setup.files.secrets, 'utf8')).toContain(made.client_secret);
    expect(await planOnly(tenant.setup)).toBe(true);
  });

  it('goes on where a run broke off', async () => {
    const tenant = await companyTenant();
    let left = 9;
    const api = {
      ...tenant.api,
      send: (call: Parameters<typeof tenant.api.send>[0]) => {
        left -= 1;
        if (left < 0) {
          throw new Error('The network is gone.');
        }
        return tenant.api.send(call);
      },
    };
    await expect(applySetup({ ...tenant.setup, api })).rejects.toThrow('The network is gone.');
    await applySetup(tenant.setup);
    expect(tenant.data.clients.filter(({ name }) => name.startsWith('Understudy'))).toHaveLength(3);
    expect(await planOnly(tenant.setup)).toBe(true);
  });
});

describe('what setup did not make', () => {
  it('is as it was before, after setup and after its removal', async () => {
    const tenant = await companyTenant();
    const before = foreignThings(tenant);
    await applySetup(tenant.setup);
    expect(foreignThings(tenant)).toEqual(before);
    await removeSetup(tenant.setup);
    expect(foreignThings(tenant)).toEqual(before);
  });

  it.each<[string, Parameters<typeof companyTenant>[0], string]>([
    [
      'an API',
      (seed) => {
        seed.resourceServers.push({
          id: 'api_other',
          identifier: 'https://understudy.company.example',
          name: 'Other',
          scopes: [],
          token_lifetime: 600,
          allow_offline_access: false,
          enforce_policies: false,
        });
      },
      'an API "https://understudy.company.example" (api_other)',
    ],
    [
      'a role',
      (seed) => {
        seed.roles.push({
          id: 'rol_other',
          name: 'Understudy Agent',
          description: '',
          permissions: [],
          members: [],
        });
      },
      'a role "Understudy Agent" (rol_other)',
    ],
    [
      'a connection that is not there',
      (seed) => {
        seed.connections.splice(1, 1);
      },
      'no connection "customers"',
    ],
    [
      'an app that is not there',
      (seed) => {
        seed.clients.splice(1, 1);
      },
      'no application "shop"',
    ],
  ])('is never adopted by its name, nor half a tenant made: %s', async (_what, change, words) => {
    const tenant = await companyTenant(change);
    await expect(applySetup(tenant.setup)).rejects.toThrow(SetupConflictError);
    await expect(applySetup(tenant.setup)).rejects.toThrow(words);
    expect(tenant.changesSent().filter((call) => !call.includes('/oauth/'))).toEqual([]);
  });
});
