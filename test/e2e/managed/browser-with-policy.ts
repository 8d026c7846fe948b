import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium, NoBrowserError } from '../../../src/commands/chromium.ts';

/** Where Debian's Chromium looks for policies, in the folder `policies/managed`. */
const CHROMIUM_SETTINGS = '/etc/chromium';

/** A browser that obeys a policy which nothing else on this machine sees. */
export type BrowserWithPolicy = {
  /** Started in the browser's place: a program that starts it. */
  readonly executablePath: string;
  /** Changes the policy, while the browser runs too. */
  readonly write: (policy: object) => void;
  readonly remove: () => void;
};

/**
 * Why no policy can be given to a browser here; nothing where it can. A browser reads policies from one folder
 * of the machine. So that the machine is not changed, the folder is laid over in a mount namespace of the
 * browser's own, which takes root and a system that allows it.
 */
export const whyNoPolicy = (folder: string = CHROMIUM_SETTINGS): string | undefined => {
  if (!existsSync(folder)) {
    return `${folder} is missing: there is no place for a policy`;
  }
  const { status } = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', folder]);
  return status === 0 ? undefined : '"unshare --mount" is not permitted here';
};

/**
 * Makes a program that starts `executablePath` in a mount namespace in which `target` is empty but for `mounted`,
 * which shows the folder `source`.
 */
const inNamespace = (
  executablePath: string,
  { target, mounted, source }: { target: string; mounted: string; source: string },
): string =>
  [
    '#!/bin/sh',
    `exec unshare --mount -- sh -c 'mount -t tmpfs tmpfs ${target} && mkdir -p ${mounted} &&`,
    `  mount --bind ${source} ${mounted} && exec ${executablePath} "$@"' sh "$@"`,
    '',
  ].join('\n');

/** Makes a Chromium that obeys a policy. @throws {NoBrowserError} where there is none. */
export const chromiumWithPolicy = (policy: object): BrowserWithPolicy => {
  const chromium = findChromium();
  if (!chromium) {
    throw new NoBrowserError('Run "npm test", which finds or installs Chromium.');
  }
  const folder = mkdtempSync(join(tmpdir(), 'understudy-policy-'));
  const source = join(folder, 'managed');
  mkdirSync(source);
  const write = (changed: object): void =>
    writeFileSync(join(source, 'understudy.json'), JSON.stringify(changed));
  write(policy);
  const executablePath = join(folder, 'chromium');
  const mounted = `${CHROMIUM_SETTINGS}/policies/managed`;
  writeFileSync(
    executablePath,
    inNamespace(chromium, { target: CHROMIUM_SETTINGS, mounted, source }),
  );
  chmodSync(executablePath, 0o755);
  return {
    executablePath,
    write,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
