import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FolderTakenError } from '../../../../src/setup/out/write-folder.ts';
import {
  adoptSetup,
  applySetup,
  exportSetup,
  planOnly,
  removeSetup,
  SetupConflictError,
} from '../../../../src/setup/run-setup.ts';
import { type CompanyTenant, companyTenant, foreignThings } from '../company-tenant.ts';

const TOOLS = ['deploy-cli', 'terraform'] as const;

const textsIn = (folder: string): string =>
  globSync('**/*.*', { cwd: folder })
    .map((path) => readFileSync(join(folder, path), 'utf8'))
    .join('\n');

it.each(TOOLS)('the files for %s change nothing in the tenant and hold no secret', async (tool) => {
  const tenant = await companyTenant();
  const before = structuredClone(tenant.data);
  await exportSetup(tenant.setup, tool);
  expect(tenant.data).toEqual(before);
  const secrets = readFileSync(tenant.setup.files.secrets, 'utf8');
  const [, privateValue = ''] = /"d":"([^"]+)"/.exec(secrets) ?? [];
  expect(privateValue).not.toBe('');
  const text = textsIn(join(tenant.folder, tool));
  expect(text).not.toContain(privateValue);
  expect(text).not.toContain('secret-of-');
  expect(text).toContain('SUBJECT_TOKEN_JWKS');
});

it.each(TOOLS)(
  'the files for %s can be written again, but not over somebody’s own',
  async (tool) => {
    const tenant = await companyTenant();
    await exportSetup(tenant.setup, tool);
    await exportSetup(tenant.setup, tool);
    writeFileSync(join(tenant.folder, tool, 'ours.txt'), 'kept');
    await expect(exportSetup(tenant.setup, tool)).rejects.toThrow(FolderTakenError);
  },
);

it('the files for auth0-deploy-cli keep the bindings and the app’s settings that the tenant has', async () => {
  const tenant = await companyTenant();
  await exportSetup(tenant.setup, 'deploy-cli');
  const text = textsIn(join(tenant.folder, 'deploy-cli'));
  expect(text).toContain(
    'post-login: [{"action_name":"company-audit","display_name":"Audit"},{"action_name":"understudy-post-login","display_name":"Understudy"}]',
  );
  expect(text).toContain(
    '"allowed_authentication_methods":["cookie","query"],"enforce_device_binding":"asn"',
  );
  expect(text).not.toContain('enabled_clients');
});

/** Makes the tenant as another tool would, and forgets that setup did it. */
const madeByAnotherTool = async (): Promise<CompanyTenant> => {
  const tenant = await companyTenant();
  await applySetup(tenant.setup);
  const { record } = tenant.setup.files;
  writeFileSync(
    record,
    JSON.stringify({ ...JSON.parse(readFileSync(record, 'utf8')), entries: [] }),
  );
  return tenant;
};

it('what another tool made is taken over by --adopt, and then nothing is left to do', async () => {
  const tenant = await madeByAnotherTool();
  await expect(applySetup(tenant.setup)).rejects.toThrow(SetupConflictError);
  const before = structuredClone(tenant.data);
  await adoptSetup(tenant.setup);
  expect(tenant.data).toEqual(before);
  expect(await planOnly(tenant.setup)).toBe(true);
});

it('what was adopted is never removed', async () => {
  const tenant = await madeByAnotherTool();
  await adoptSetup(tenant.setup);
  const names = tenant.data.clients.map(({ name }) => name);
  const foreign = foreignThings(tenant);
  await removeSetup(tenant.setup);
  expect(tenant.data.clients.map(({ name }) => name)).toEqual(names);
  expect(foreignThings(tenant)).toEqual(foreign);
});

it('nothing is adopted when the operator declines, or when two applications have the name', async () => {
  const tenant = await madeByAnotherTool();
  expect(await adoptSetup({ ...tenant.setup, confirm: async () => false })).toBe(false);
  const { entries } = JSON.parse(readFileSync(tenant.setup.files.record, 'utf8'));
  expect(entries).toEqual([]);
  await tenant.api.send({ method: 'POST', path: '/clients', body: { name: 'Understudy backend' } });
  await expect(adoptSetup(tenant.setup)).rejects.toThrow('2 of the application Understudy backend');
});
