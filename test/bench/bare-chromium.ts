import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { QUIET } from '../../src/commands/extension-browser.ts';

/** A target of Chromium's debugging protocol. */
type Target = { readonly targetId: string; readonly type: string; readonly url: string };

/** Chromium with nothing attached that would slow down what is measured, controlled by its own protocol. */
export type BareChromium = {
  readonly endpoint: string;
  readonly targets: () => Promise<readonly Target[]>;
  readonly close: (target: Target) => Promise<void>;
  /** Presses the toolbar icon of an extension. */
  readonly pressIcon: (extensionId: string) => Promise<void>;
  /** Evaluates an expression in a target and gives its value, as JSON can carry it. */
  readonly evaluate: (target: Target, expression: string) => Promise<unknown>;
  readonly quit: () => Promise<void>;
};

/** The id that Chromium gives an unpacked extension that has no key. */
export const idOfFolder = (folder: string): string =>
  createHash('sha256')
    .update(folder)
    .digest('hex')
    .slice(0, 32)
    .replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));

/** Makes a profile in which the icons of these extensions are pinned, and gives its folder. */
export const pinnedProfile = (extensionIds: readonly string[]): string => {
  const profile = mkdtempSync(join(tmpdir(), 'understudy-bench-profile-'));
  mkdirSync(join(profile, 'Default'));
  writeFileSync(
    join(profile, 'Default', 'Preferences'),
    JSON.stringify({ extensions: { pinned_extensions: extensionIds } }),
  );
  return profile;
};

/** Removes a profile. */
export const removeProfile = (profile: string): void =>
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });

type Reply = { readonly id?: number; readonly result?: unknown; readonly error?: unknown };

const connect = async (url: string) => {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  const waiting = new Map<number, (reply: Reply) => void>();
  let sent = 0;
  socket.addEventListener('message', ({ data }) => {
    const reply: Reply = JSON.parse(String(data));
    if (reply.id !== undefined) {
      waiting.get(reply.id)?.(reply);
    }
  });
  return {
    send: async <Result>(method: string, params: object = {}, sessionId?: string) => {
      sent += 1;
      const id = sent;
      const replied = new Promise<Reply>((resolve) => waiting.set(id, resolve));
      socket.send(JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) }));
      const { result, error } = await replied;
      if (error) {
        throw new Error(`${method}: ${JSON.stringify(error)}`);
      }
      return result as Result;
    },
    close: () => socket.close(),
  };
};

/** Starts Chromium with a profile and unpacked extensions, without a window on a screen. */
export const startBareChromium = async (
  executable: string,
  profile: string,
  extensions: readonly string[],
): Promise<BareChromium> => {
  const portFile = join(profile, 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const child = spawn(
    executable,
    [
      ...QUIET,
      '--headless=new',
      '--no-sandbox',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      `--disable-extensions-except=${extensions.join(',')}`,
      `--load-extension=${extensions.join(',')}`,
      'about:blank',
    ],
    { stdio: 'ignore' },
  );
  const exited = new Promise((resolve) => child.once('exit', resolve));
  while (!existsSync(portFile) || readFileSync(portFile, 'utf8').split('\n').length < 2) {
    if (child.exitCode !== null) {
      throw new Error('Chromium did not start.');
    }
    await delay(5);
  }
  const [port = '', path = ''] = readFileSync(portFile, 'utf8').split('\n');
  const cdp = await connect(`ws://127.0.0.1:${port}${path}`);

  const targetsOf = async (type: string): Promise<readonly Target[]> => {
    const filter = { filter: [{ type }] };
    return (await cdp.send<{ targetInfos: readonly Target[] }>('Target.getTargets', filter))
      .targetInfos;
  };
  const evaluate: BareChromium['evaluate'] = async ({ targetId }, expression) => {
    const { sessionId } = await cdp.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId,
      flatten: true,
    });
    const options = { expression, awaitPromise: true, returnByValue: true };
    const { result } = await cdp.send<{ result: { value: unknown } }>(
      'Runtime.evaluate',
      options,
      sessionId,
    );
    await cdp.send('Target.detachFromTarget', { sessionId }).catch(() => undefined);
    return result.value;
  };

  return {
    endpoint: `http://127.0.0.1:${port}`,
    targets: async () => [...(await targetsOf('page')), ...(await targetsOf('service_worker'))],
    close: async ({ targetId }) => {
      await cdp.send('Target.closeTarget', { targetId });
    },
    pressIcon: async (id) => {
      const [tab] = await targetsOf('tab');
      if (!tab) {
        throw new Error('Chromium has no tab.');
      }
      await cdp.send('Extensions.triggerAction', { id, targetId: tab.targetId });
    },
    evaluate,
    quit: async () => {
      await cdp.send('Browser.close').catch(() => undefined);
      cdp.close();
      await exited;
    },
  };
};
