import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';

/** What may differ between two machines that build the same sources. */
type Machine = {
  readonly folder: string;
  /** When the sources were written there. Earlier than the packages were installed, or they would be again. */
  readonly writtenAt: Date;
  readonly fileMode: number;
  readonly umask: string;
  readonly timeZone: string;
  readonly nodeEnv: 'production' | 'development';
};

const MACHINES: readonly [Machine, Machine] = [
  {
    folder: 'a',
    writtenAt: new Date('2001-02-03T04:05:06Z'),
    fileMode: 0o644,
    umask: '022',
    timeZone: 'Pacific/Auckland',
    nodeEnv: 'production',
  },
  {
    folder: 'second copy, deeper/of the sources',
    writtenAt: new Date('2024-12-31T23:59:59Z'),
    fileMode: 0o600,
    umask: '077',
    timeZone: 'America/Los_Angeles',
    nodeEnv: 'development',
  },
];

const place = mkdtempSync(join(tmpdir(), 'understudy-two-builds-'));
afterAll(() => rmSync(place, { recursive: true, force: true, maxRetries: 5 }));

/** Copies the sources as they are now, and the installed packages, into a repository of their own. */
const copySources = ({ folder, writtenAt, fileMode }: Machine): string => {
  const copy = join(place, folder);
  const listed = execFileSync('git', ['ls-files', '-z'], {
    cwd: inRepository(),
    encoding: 'utf8',
  });
  for (const path of listed.split('\0').filter((name) => name !== '')) {
    const target = join(copy, path);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(inRepository(path), target);
    chmodSync(target, fileMode);
    utimesSync(target, writtenAt, writtenAt);
  }
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: copy });
  git('init', '--quiet');
  git('add', '--all');
  // A copy by links is there at once; it takes the same file system.
  execFileSync('sh', [
    '-c',
    'cp -al "$1" "$2" 2>/dev/null || cp -a "$1" "$2"',
    'sh',
    inRepository('node_modules'),
    copy,
  ]);
  return copy;
};

/** Every file in a folder, by path, with the hash of its bytes. */
const hashesIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    globSync('**/*', { cwd: folder })
      .filter((path) => statSync(join(folder, path)).isFile())
      .toSorted()
      .map((path) => [
        path,
        createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex'),
      ]),
  );

/** Builds and packages in a copy by the documented command; gives what it handed out and what it built. */
const buildOn = (machine: Machine, keyFile: string) => {
  const copy = copySources(machine);
  const args = [
    ...['--key', keyFile],
    ...['--base-url', 'https://downloads.example.com/understudy'],
    ...['--backend-url', 'https://understudy.example.com'],
  ];
  execFileSync(
    'sh',
    ['-c', `umask ${machine.umask}; exec npm run package -- "$@"`, 'sh', ...args],
    {
      cwd: copy,
      env: { ...process.env, TZ: machine.timeZone, NODE_ENV: machine.nodeEnv },
      stdio: 'pipe',
    },
  );
  return {
    packages: hashesIn(join(copy, 'artifacts', 'package')),
    built: hashesIn(join(copy, 'dist')),
  };
};

let builds: readonly ReturnType<typeof buildOn>[];
beforeAll(() => {
  const keyFile = join(place, 'company.pem');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  builds = MACHINES.map((machine) => buildOn(machine, keyFile));
}, 600_000);

it('two copies of the sources give the same packages byte for byte, whatever their folder, times, rights and environment', () => {
  const [first, second] = builds;
  expect(Object.keys(first?.packages ?? {})).toEqual(
    expect.arrayContaining([
      'understudy-chrome.zip',
      'understudy.crx',
      'understudy-firefox.xpi',
      'understudy-source.zip',
      'sbom.cdx.json',
      'SHA256SUMS',
    ]),
  );
  expect(second?.packages).toEqual(first?.packages);
});

it('two copies of the sources give the same backend, Actions and extension byte for byte', () => {
  const [first, second] = builds;
  expect(Object.keys(first?.built ?? {})).toEqual(
    expect.arrayContaining([
      'backend/backend.js',
      'backend/ledger.js',
      'actions/post-login.js',
      'chrome/manifest.json',
      'firefox/manifest.json',
    ]),
  );
  expect(second?.built).toEqual(first?.built);
});
