import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { sam } from '../../unit/setup/company-seed.ts';
import { runCommand, setupFlags } from './commands.ts';
import { startCompany } from './running-company.ts';

it('"setup --out terraform" writes a module that says how to apply it, and changes nothing in the tenant', async () => {
  const company = await startCompany();
  onTestFinished(company.close);
  const before = structuredClone(company.data.clients);
  const flags = [...setupFlags(company), '--first-agent', sam.user_id, '--yes'];
  const { code, output } = await runCommand(company, 'setup', [...flags, '--out', 'terraform']);
  expect(code, output).toBe(0);
  const folder = join(company.folder, 'terraform');
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['README.md', 'targets.tf']));
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain('npm run setup -- --adopt');
  expect(company.data.clients).toEqual(before);
});
