import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeUser } from '../../../src/sandbox/people/make-user.ts';
import { createAgentClient } from '../launch/agent-client.ts';
import { createWebClient } from '../launch/web-client.ts';
import { runCommand, setupFlags } from './commands.ts';
import { expectLaunchAfterSetup } from './expect-launch.ts';
import { signInToCompany } from './launch-in-company.ts';
import { type Company, startCompany } from './running-company.ts';

/** Of the staff, but without the role that setup makes. */
const tilda = makeUser({
  name: 'Tilda Berg',
  email: 'tilda@staff.example',
  connection: 'staff',
  provider: 'auth0',
});

let company: Company;
beforeEach(async () => {
  company = await startCompany(({ users, passwords }) => {
    users.push(tilda);
    passwords[tilda.user_id] = 'tilda-password';
  });
});
afterEach(() => company.close());

it('npm run setup makes a tenant in which a launch of an agent with the role lands, and nobody else may launch', () =>
  expectLaunchAfterSetup(company, [], async () => {
    const { endpoints, tokens } = await signInToCompany(company, tilda);
    const { status, body } = await createAgentClient(endpoints, tokens).get('/v1/customers?q=nora');
    expect({ status, code: body.code }).toEqual({ status: 403, code: 'permission_denied' });
  }));

it('npm run setup without a terminal names every answer that is missing, and changes nothing', async () => {
  const before = structuredClone(company.data);
  const { code, output } = await runCommand(company, 'setup', ['--folder', company.folder]);
  expect(code).toBe(2);
  for (const flag of ['domain', 'agents-domain', 'customer-connection', 'backend', 'target']) {
    expect(output).toContain(`--${flag} is missing`);
  }
  expect(company.data).toEqual(before);
});

it('npm run setup takes no token as a flag, and says what one would have to be allowed', async () => {
  const { code, output } = await runCommand(company, 'setup', ['--token', 'abc']);
  expect(code).toBe(2);
  expect(output).toContain('There is no option --token;');
  const named = await runCommand(company, 'setup', [...setupFlags(company), '--plan']);
  expect(named.output).toContain('create:token_exchange_profiles');
  expect(named.output).toContain('POST /api/v2/clients');
});

it('after npm run setup -- --remove a sign-in of the extension is refused', async () => {
  await runCommand(company, 'setup', [...setupFlags(company), '--yes']);
  const config = JSON.parse(readFileSync(join(company.folder, 'understudy.json'), 'utf8'));
  const { code, output } = await runCommand(company, 'setup', [
    '--remove',
    '--yes',
    '--folder',
    company.folder,
  ]);
  expect(code, output).toBe(0);
  const page = await createWebClient().open(
    `${company.origins.agents}/authorize?client_id=${config.auth0.extensionClientId}&response_type=code`,
  );
  expect(page.status).toBe(400);
  expect(company.data.clients.map(({ name }) => name)).toEqual(['Operator', 'Shop', 'Wiki']);
});
