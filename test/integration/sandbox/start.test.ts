import { type ChildProcess, spawn } from 'node:child_process';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import '../../../src/sandbox/resolve-localhost.mjs';
import {
  ECHOING_POST_LOGIN_ACTION,
  OBEDIENT_EXCHANGE_ACTION,
} from '../../unit/sandbox/tenant/fixture-actions.ts';

/** Stands in for the backend: ready when it has reached the tenant over TLS. */
const BACKEND = `
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
const config = JSON.parse(readFileSync(process.argv[3], 'utf8'));
await fetch('https://' + config.auth0.managementDomain + '/.well-known/jwks.json');
for (const name of ['UNDERSTUDY_CLIENT_SECRET_FILE', 'UNDERSTUDY_MANAGEMENT_CLIENT_SECRET_FILE', 'UNDERSTUDY_SIGNING_KEY_FILE']) {
  if (!readFileSync(process.env[name], 'utf8')) process.exit(2);
}
createServer((request, response) => {
  if (request.url === '/crash') process.exit(7);
  response.writeHead(request.url === '/readyz' ? 200 : 404).end();
}).listen(config.listen.port, config.listen.host);
process.on('SIGTERM', () => process.exit(0));
`;

const repository = fileURLToPath(new URL('../../..', import.meta.url));
let root: string;

const build = async () => {
  await mkdir(join(root, 'dist', 'actions'), { recursive: true });
  await mkdir(join(root, 'dist', 'chrome'), { recursive: true });
  await writeFile(join(root, 'dist/actions/custom-token-exchange.js'), OBEDIENT_EXCHANGE_ACTION);
  await writeFile(join(root, 'dist/actions/post-login.js'), ECHOING_POST_LOGIN_ACTION);
  await writeFile(join(root, 'dist/chrome/manifest.json'), '{}');
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'understudy-start-'));
  await cp(join(repository, 'src/sandbox'), join(root, 'src/sandbox'), { recursive: true });
  await mkdir(join(root, 'src/backend'));
  await writeFile(join(root, 'src/backend/main.ts'), BACKEND);
  for (const file of ['package.json', 'manifest.json']) {
    await cp(join(repository, file), join(root, file));
  }
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'));
});

afterAll(() => rm(root, { recursive: true }));

type RunOptions = {
  readonly inOwnGroup?: boolean;
  readonly options?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
};
type Run = { child: ChildProcess; output: () => string; exit: Promise<number | null> };

const start = (...options: string[]): Run => run({ options });

/** The same in a process group of its own, as a terminal starts a command. */
const startInGroup = (): Run => run({ inOwnGroup: true });

const run = ({ inOwnGroup = false, options = [], environment = {} }: RunOptions): Run => {
  const child = spawn(
    process.execPath,
    ['--import', './src/sandbox/resolve-localhost.mjs', 'src/sandbox/start.ts', ...options],
    {
      cwd: root,
      env: { ...process.env, UNDERSTUDY_SANDBOX_DIR: '.sandbox-test', ...environment },
      detached: inOwnGroup,
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  return {
    child,
    output: () => output,
    exit: new Promise((resolve) => child.once('exit', resolve)),
  };
};

const folder = () => join(root, '.sandbox-test');
const endpoints = async (run: Run): Promise<Record<string, never>> => {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const text = await readFile(join(folder(), 'endpoints.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) {
      return JSON.parse(text) as Record<string, never>;
    }
    if (run.child.exitCode !== null) {
      break;
    }
    await delay(100);
  }
  throw new Error(`The sandbox did not start:\n${run.output()}`);
};

describe('the start command', () => {
  test('the start command says what to do when nothing is built', async () => {
    const run = start();
    expect(await run.exit).toBe(1);
    expect(run.output()).toContain('Run "npm run build" first.');
  });

  test('the start command refuses an option that it does not know', async () => {
    const run = start('--two-domains');
    expect(await run.exit).toBe(1);
    expect(run.output()).toContain('Unknown option --two-domains.');
  });

  test('the start command says that its folder cannot be used when it is a file', async () => {
    await build();
    await writeFile(folder(), '');
    const run = start();
    expect(await run.exit).toBe(1);
    expect(run.output()).toContain(`The sandbox's folder ${folder()} cannot be used (EEXIST).`);
    await rm(folder());
  });

  test('the start command starts everything, says where it is, and stops cleanly', async () => {
    await build();
    const run = start();
    const found = await endpoints(run);
    expect(found).toMatchObject({
      tenant: {
        agents: expect.stringMatching(/^http:\/\/agents\.localhost:\d+$/),
        customers: expect.stringMatching(/^http:\/\/customers\.localhost:\d+$/),
        https: expect.stringMatching(/^https:\/\/localhost:\d+$/),
        caFile: '.sandbox-test/ca.pem',
      },
      backend: expect.stringMatching(/^http:\/\/backend\.localhost:\d+$/),
      targetApps: [
        { name: 'Shop', kind: 'express', loginUrl: expect.stringMatching(/\/login$/) },
        {
          name: 'Desk',
          kind: 'spa',
          home: expect.stringMatching(/^http:\/\/desk\.localhost:\d+\/$/),
        },
      ],
      extension: {
        id: 'japaafnbibnohbeomeojlkkoeiinbkap',
        chrome: 'dist/chrome',
        firefox: 'dist/firefox',
      },
      accounts: { customer: { name: 'Nora Lindqvist', connection: 'customers' } },
      subjectToken: {
        type: 'urn:understudy:customer',
        signingKeyFile: '.sandbox-test/subject-key.json',
      },
    });
    expect(Object.keys(found)).toEqual(
      'tenant backend crm targetApps extension accounts clients subjectToken metrics'.split(' '),
    );
    for (const name of await readdir(folder())) {
      expect((await stat(join(folder(), name))).mode & 0o077).toBe(0);
    }
    const { targetApps, crm } = found as unknown as { targetApps: { home: string }[]; crm: string };
    for (const url of [...targetApps.map((app) => app.home), `${crm}/customers`]) {
      expect((await fetch(url)).status).toBe(200);
    }
    run.child.kill('SIGTERM');
    expect(await run.exit).toBe(0);
    expect(await readdir(folder())).not.toContain('endpoints.json');
  });

  test('the start command has one domain for everybody with --one-domain', async () => {
    const run = start('--one-domain');
    const { tenant, clients, targetApps } = (await endpoints(run)) as unknown as {
      tenant: Record<string, string>;
      clients: { management: { clientId: string; clientSecret: string } };
      targetApps: { id: string; home: string }[];
    };
    expect(tenant['agents']).toBe(tenant['customers']);
    expect((await fetch(`${tenant['agents']}/.well-known/openid-configuration`)).status).toBe(200);
    const answer = await fetch(`${tenant['agents']}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clients.management.clientId,
        client_secret: clients.management.clientSecret,
        audience: `${tenant['https']}/api/v2/`,
      }),
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const setRunning = (id: string, running: boolean) =>
      fetch(`${tenant['agents']}/api/v2/sandbox/apps/${id}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({ running }),
      });
    for (const { id, home } of targetApps) {
      expect(await (await setRunning(id, false)).json()).toEqual({ client_id: id, running: false });
      await expect(fetch(home)).rejects.toThrow();
      await setRunning(id, true);
      expect((await fetch(home)).status).toBe(200);
    }
    run.child.kill('SIGINT');
    expect(await run.exit).toBe(0);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'removes endpoints.json when %s reaches its whole process group, and comes again from parents that pass it on',
    async (signal) => {
      const run = startInGroup();
      const { crm } = (await endpoints(run)) as unknown as { crm: string };
      process.kill(-(run.child.pid ?? 0), signal);
      run.child.kill(signal);
      run.child.kill(signal);
      expect(await run.exit).toBe(0);
      expect(await readdir(folder())).not.toContain('endpoints.json');
      await expect(fetch(crm)).rejects.toThrow();
    },
  );

  test('the start command stops when the process that it belongs to is gone', async () => {
    // No process has this number, as after the death of the one that had it.
    const belongingToNobody = run({ environment: { UNDERSTUDY_SANDBOX_PARENT: '0' } });
    expect(await belongingToNobody.exit).toBe(0);
    expect(await readdir(folder())).not.toContain('endpoints.json');
  });

  test('the start command stops with everything when the backend crashes, and says so', async () => {
    const run = start();
    const found = (await endpoints(run)) as unknown as { backend: string; crm: string };
    await fetch(`${found.backend}/crash`).catch(() => undefined);
    expect(await run.exit).toBe(1);
    expect(run.output()).toContain(
      'The backend ended, so the sandbox stopped: it exited with code 7.',
    );
    expect(await readdir(folder())).not.toContain('endpoints.json');
    await expect(fetch(found.crm)).rejects.toThrow();
  });

  test('a backend that does not start ends the command', async () => {
    await writeFile(join(root, 'src/backend/main.ts'), 'process.exit(3);');
    const run = start();
    expect(await run.exit).toBe(1);
    expect(run.output()).toContain('The backend did not start: it exited with code 3.');
  });
});
