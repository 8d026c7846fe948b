import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type AgentClient, createAgentClient, signIn } from '../launch/agent-client.ts';
import { type BackendProcess, spawnBackend, untilReady } from './backend-process.ts';

const endpoints = workerEndpoints();
const { accounts, targetApps } = endpoints;
const SHOP = targetApps[0]?.id ?? '';
const LAUNCH = { customerId: accounts.customer.id, targetAppId: SHOP };

/** Agents get half an hour, and more than that with a ticket. */
const RULES = `
@id("agents") permit (principal in Role::"Support Agent", action, resource);
@id("short") forbid (principal, action, resource) when { context.minutes > 60 };
@id("ticket") @remedy("ticket") @detail("A ticket, please.")
forbid (principal, action, resource) unless { context.ticketGiven };
`;

const policyFolder = (rules: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-rules-'));
  cpSync(
    inRepository('docs/policies/strict-start-up/understudy.cedarschema'),
    join(folder, 'a.cedarschema'),
  );
  writeFileSync(join(folder, 'rules.cedar'), rules);
  return folder;
};

const startWith = (name: string, folder: string) =>
  spawnBackend(endpoints, name, (config) => ({
    ...config,
    policy: { ...(config['policy'] as object), folder },
  }));

describe('a backend with rules of the company', () => {
  const folder = policyFolder(RULES);
  let backend: BackendProcess;
  let agent: AgentClient;
  beforeAll(async () => {
    backend = await startWith('policy', folder);
    await untilReady(backend);
    const tokens = await signIn(endpoints, accounts.agent);
    agent = createAgentClient({ ...endpoints, backend: backend.origin }, tokens);
  });
  afterAll(async () => {
    backend.child.kill('SIGTERM');
    await backend.exited;
  });

  it('a preview shows the grant and what it needs before anything is typed', async () => {
    const { body } = await agent.post('/v1/launches/preview', LAUNCH);
    expect(body).toEqual({
      grant: { mode: 'full', minutes: 60 },
      needs: ['reason', 'ticket'],
      policies: ['agents', 'ticket'],
      policyHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('a launch is issued for what was granted, and its answer says so', async () => {
    const grant = { mode: 'full', minutes: 60 };
    const { status, body } = await agent.launch({ ...LAUNCH, ticket: 'A-1', grant });
    expect(status).toBe(201);
    expect(body).toMatchObject({ grant, policies: ['agents'] });
    const minutes = (Date.parse(body.sessionEndsAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(58);
    expect(minutes).toBeLessThanOrEqual(60);
  });

  it('a launch that the rules refuse names them', async () => {
    const { status, body } = await agent.launch(LAUNCH);
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'ticket_required', policies: ['agents', 'ticket'] });
  });

  it('the command line explains the same decision, step by step', async () => {
    const { sub } = decodeJwt(agent.tokens.accessToken);
    const sandboxFolder = join(inRepository(endpoints.subjectToken.signingKeyFile), '..');
    const { stdout } = await promisify(execFile)(
      'npm',
      [
        'run',
        '--silent',
        'policy',
        '--',
        'explain',
        ...['--config', join(sandboxFolder, 'backend-policy.json'), '--agent', sub ?? ''],
        ...['--customer', accounts.customer.id, '--app', SHOP, '--reason'],
      ],
      {
        cwd: inRepository(),
        env: {
          ...process.env,
          NODE_OPTIONS: `--import ${inRepository('src/sandbox/resolve-localhost.mjs')}`,
          NODE_EXTRA_CA_CERTS: join(sandboxFolder, 'ca.pem'),
          UNDERSTUDY_CLIENT_SECRET_FILE: join(sandboxFolder, 'client-secret'),
          UNDERSTUDY_MANAGEMENT_CLIENT_SECRET_FILE: join(sandboxFolder, 'management-client-secret'),
          UNDERSTUDY_SIGNING_KEY_FILE: join(sandboxFolder, 'subject-key.json'),
        },
      },
    );
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      'NEEDS ticket; then full for 60 minutes',
      'Decided by: agents, ticket',
    ]);
    expect(stdout).toContain('  120 minutes: denied by short, ticket (cured by ticket)');
  });

  it('a clean change of the folder is taken over, and one that is not leaves the old rules', async () => {
    const path = join(folder, 'rules.cedar');
    const before = readFileSync(path, 'utf8');
    const policyHash = async () =>
      (await agent.post('/v1/launches/preview', LAUNCH)).body.policyHash as string;
    const first = await policyHash();
    writeFileSync(path, 'forbid (');
    await expect.poll(backend.output).toContain('"event":"policy_change_rejected"');
    expect(await policyHash()).toBe(first);
    writeFileSync(path, `${before}\n@id("closed") forbid (principal, action, resource);`);
    await expect.poll(policyHash).toMatch(new RegExp(`^(?!${first})[0-9a-f]{64}$`));
    expect((await agent.launch({ ...LAUNCH, ticket: 'A-1' })).body).toMatchObject({
      code: 'policy_denied',
      policies: ['closed'],
    });
  });
});

it('a backend whose rules are not clean does not start, and names what is wrong', async () => {
  const backend = await startWith(
    'broken-policy',
    policyFolder('permit (principal, action, resource);'),
  );
  expect(await backend.exited).toBe(1);
  expect(backend.output()).toContain('rules.cedar: policy 1 has no @id');
});
