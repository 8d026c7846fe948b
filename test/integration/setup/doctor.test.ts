import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { createTenantLevers } from '../launch/tenant-levers.ts';
import { runCommand, setupFlags } from './commands.ts';
import { startCompany } from './running-company.ts';

const endpoints = workerEndpoints();

type Line = { id: string; state: string; found: string };

/** Runs the doctor at this worker's own sandbox, as its operator. */
const examineSandbox = async (): Promise<{ code: number | null; lines: Line[] }> => {
  const folder = dirname(inRepository(endpoints.subjectToken.signingKeyFile));
  const { clients, tenant } = endpoints;
  const answer = await fetch(`${tenant.agents}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clients.management.clientId,
      client_secret: clients.management.clientSecret,
      audience: `${tenant.https}/api/v2/`,
    }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  const child = spawn(
    'npm',
    ['run', '--silent', 'doctor', '--', '--json', '--config', join(folder, 'backend.json')],
    {
      cwd: inRepository(),
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        NODE_OPTIONS: `--import ${inRepository('src/sandbox/resolve-localhost.mjs')}`,
        NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
        UNDERSTUDY_OPERATOR_TOKEN: access_token,
      },
    },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { code, lines: JSON.parse(output).lines };
};

it('npm run doctor finds nothing wrong in the sandbox', async () => {
  const { code, lines } = await examineSandbox();
  expect(lines.filter(({ state }) => state === 'broken')).toEqual([]);
  expect(code).toBe(0);
  const [shop] = endpoints.targetApps;
  const route = lines.find(({ id }) => id === `target.${shop?.id}.login_route`);
  expect(route).toMatchObject({ state: 'ok', found: 'passed on' });
});

it('npm run doctor ends with 2 where launches would fail, and names the line', async () => {
  const levers = await createTenantLevers(endpoints);
  onTestFinished(async () => {
    await levers.reset();
  });
  const { requesting } = endpoints.clients;
  await levers.call('PATCH', `/clients/${requesting.clientId}`, {
    is_token_endpoint_ip_header_trusted: false,
  });
  const { code, lines } = await examineSandbox();
  expect(code).toBe(2);
  expect(lines.filter(({ state }) => state === 'broken').map(({ id }) => id)).toEqual([
    'requesting.is_token_endpoint_ip_header_trusted',
  ]);
});

it('npm run doctor finds nothing wrong in a tenant that npm run setup made', async () => {
  const company = await startCompany();
  onTestFinished(company.close);
  await runCommand(company, 'setup', [...setupFlags(company), '--yes']);
  const { code, output } = await runCommand(company, 'doctor', [
    '--config',
    join(company.folder, 'understudy.json'),
  ]);
  expect(code, output).toBe(0);
  expect(output).toContain(' 0 wrong,');
});

it('npm run doctor without a configuration says so and ends with 3', async () => {
  const company = await startCompany();
  onTestFinished(company.close);
  const { code, output } = await runCommand(company, 'doctor', ['--config', 'nowhere.json']);
  expect(code).toBe(3);
  expect(output).toContain('There is no nowhere.json');
});
