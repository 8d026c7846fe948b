import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FIREFOX, requireProgram } from '../../../src/commands/test-programs.ts';
import { connectMarionette, type Marionette, MarionetteError } from './marionette.ts';

/** Firefox with the built extension, driven as an agent drives it. Elements are named by XPath. */
export type Firefox = {
  /** Prefix of the extension's pages, with a slash at the end. */
  readonly extensionUrl: string;
  readonly open: (url: string) => Promise<void>;
  readonly openTab: () => Promise<string>;
  readonly windows: () => Promise<readonly string[]>;
  readonly switchTo: (window: string) => Promise<void>;
  /** Runs `action`, goes to the window or tab that opens by it, and gives that. */
  readonly followTo: (action: () => Promise<void>) => Promise<string>;
  readonly waitFor: (xpath: string) => Promise<string>;
  readonly click: (xpath: string) => Promise<void>;
  /** Presses the other button of the pointer on an element. */
  readonly rightClick: (xpath: string) => Promise<void>;
  readonly type: (xpath: string, text: string) => Promise<void>;
  readonly textOf: (xpath: string) => Promise<string>;
  /** Runs a script in the page, where `resolve` ends it; its value must survive JSON. */
  readonly runInPage: (script: string, ...values: readonly unknown[]) => Promise<unknown>;
  /** Runs a script in the browser itself, where `resolve` ends it. */
  readonly runInBrowser: (script: string, ...values: readonly unknown[]) => Promise<unknown>;
  /** What the banner over the page says; nothing without one. Its closed root opens to the browser alone. */
  readonly bannerText: () => Promise<string>;
  /** Loads the extension again: it begins as after a restart, and only what is on disk is left. */
  readonly reloadExtension: () => Promise<void>;
  readonly profile: string;
  /** Lets the browser go as when an agent closes it; the profile stays. */
  readonly quit: () => Promise<void>;
  /** Ends the browser if it still runs, and removes the profile. */
  readonly close: () => Promise<void>;
};

/** The add-on id that the build declares. */
export const FIREFOX_ADD_ON_ID = 'understudy@understudy.example';
const WAIT_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 50;
/** The key under which WebDriver hands out elements. @see W3C WebDriver §12 */
const ELEMENT_KEY = 'element-6066-11e4-a52e-4f735466cecf';

const PREFERENCES: Readonly<Record<string, unknown>> = {
  'marionette.port': 0,
  // The question itself is a window of the browser that no page can answer; the click that asks is real.
  'extensions.webextOptionalPermissionPrompts': false,
  'app.update.disabledForTesting': true,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.aboutwelcome.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'http://127.0.0.1:9/',
  'intl.locale.requested': 'en-US',
};

const BANNER_TEXT = `
  const banner = document.querySelector('understudy-banner');
  resolve(banner?.openOrClosedShadowRoot.textContent ?? '');`;

const SHOWN_TEXT = 'resolve(location.href + ": " + document.body.innerText);';

const RELOAD = `
  const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
  AddonManager.getAddonByID(arguments[0]).then((addOn) => addOn.reload()).then(() => resolve());`;

const until = async <Value>(
  what: string,
  attempt: () => Promise<Value | undefined>,
  whatIsThere: () => Promise<string> = async () => '',
): Promise<Value> => {
  const deadline = Date.now() + WAIT_MILLISECONDS;
  for (;;) {
    const value = await attempt();
    if (value !== undefined) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`${what} did not come. ${await whatIsThere()}`.trim());
    }
    await delay(POLL_MILLISECONDS);
  }
};

const portIn = (profile: string): Promise<number> =>
  until('Marionette', async () => {
    try {
      const port = Number(await readFile(join(profile, 'MarionetteActivePort'), 'utf8'));
      return port > 0 ? port : undefined;
    } catch {
      // Firefox has not written it yet.
      return undefined;
    }
  });

/** The value in a result, which WebDriver wraps. */
const unwrap = (result: unknown): unknown =>
  typeof result === 'object' && result !== null && 'value' in result ? result.value : result;

const commandsOn = (marionette: Marionette) => {
  const { send } = marionette;
  const execute = async (
    body: string,
    args: readonly unknown[],
    isPrivileged = false,
  ): Promise<unknown> => {
    const script = `const resolve = arguments[arguments.length - 1]; ${body}`;
    const parameters = {
      script,
      args,
      scriptTimeout: WAIT_MILLISECONDS,
      ...(isPrivileged && { sandbox: 'system' }),
    };
    return unwrap(await send('WebDriver:ExecuteAsyncScript', parameters));
  };

  const shownText = (): Promise<string> =>
    execute(SHOWN_TEXT, []).then(
      (shown) => `The page showed ${String(shown)}`,
      (error: unknown) => `The page could not be read: ${String(error)}`,
    );

  const look = async (xpath: string): Promise<string | undefined> => {
    try {
      const found = unwrap(
        await send('WebDriver:FindElement', { using: 'xpath', value: xpath }),
      ) as Record<string, string>;
      const id = found[ELEMENT_KEY] ?? '';
      const isShown = unwrap(await send('WebDriver:IsElementDisplayed', { id }));
      return isShown === true ? id : undefined;
    } catch (error) {
      if (!(error instanceof MarionetteError)) {
        throw error;
      }
      // Not there yet, or gone again between finding and looking.
      return undefined;
    }
  };
  const find = (xpath: string): Promise<string> => until(xpath, () => look(xpath), shownText);

  const windows = async (): Promise<readonly string[]> =>
    (await send('WebDriver:GetWindowHandles')) as readonly string[];
  const switchTo = async (handle: string): Promise<void> => {
    await send('WebDriver:SwitchToWindow', { handle });
  };

  return {
    find,
    windows,
    switchTo,
    followTo: async (action: () => Promise<void>): Promise<string> => {
      const before = await windows();
      await action();
      const opened = await until('A new window', async () =>
        (await windows()).find((handle) => !before.includes(handle)),
      );
      await switchTo(opened);
      return opened;
    },
    runInPage: (script: string, ...values: readonly unknown[]) => execute(script, values),
    bannerText: async (): Promise<string> => String(await execute(BANNER_TEXT, [], true)),
    runInBrowser: async (script: string, ...values: readonly unknown[]) => {
      await send('Marionette:SetContext', { value: 'chrome' });
      try {
        return await execute(script, values);
      } finally {
        await send('Marionette:SetContext', { value: 'content' });
      }
    },
  };
};

/** The address of the extension's pages in this profile; nothing while it is not enabled. */
const HOST = 'resolve(WebExtensionPolicy.getByID(arguments[0])?.mozExtensionHostname ?? null)';

/** Which Firefox is started, and where its extension comes from. */
type FirefoxStart = {
  readonly executablePath: string;
  /** The folder of the extension; nothing where a policy of the browser installs it. */
  readonly extension?: string;
};

/** Starts Firefox headless in a fresh profile, and waits until it has the extension. */
export const startFirefox = async ({
  executablePath,
  extension,
}: FirefoxStart): Promise<Firefox> => {
  const profile = await mkdtemp(join(tmpdir(), 'understudy-firefox-'));
  const preferences = Object.entries(PREFERENCES).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  await writeFile(join(profile, 'user.js'), preferences.join('\n'));
  const firefox = spawn(
    executablePath,
    [
      '--marionette',
      '--remote-allow-system-access',
      '--headless',
      '--no-remote',
      '--profile',
      profile,
    ],
    { stdio: 'ignore', env: { ...process.env, HOME: profile } },
  );
  const exited = once(firefox, 'exit');
  const marionette = await connectMarionette(await portIn(profile));
  const { send } = marionette;
  const commands = commandsOn(marionette);
  if (extension !== undefined) {
    await send('Addon:Install', { path: extension, temporary: true });
  }
  const host = await until('The extension', async () => {
    const found = await commands.runInBrowser(HOST, FIREFOX_ADD_ON_ID);
    return found === null ? undefined : String(found);
  });
  return {
    ...commands,
    extensionUrl: `moz-extension://${host}/`,
    waitFor: commands.find,
    reloadExtension: async () => {
      await commands.runInBrowser(RELOAD, FIREFOX_ADD_ON_ID);
    },
    open: async (url) => {
      await send('WebDriver:Navigate', { url });
    },
    openTab: () =>
      commands.followTo(async () => {
        await send('WebDriver:NewWindow', { type: 'tab', focus: true });
      }),
    click: async (xpath) => {
      await send('WebDriver:ElementClick', { id: await commands.find(xpath) });
    },
    rightClick: async (xpath) => {
      const origin = { [ELEMENT_KEY]: await commands.find(xpath) };
      await send('WebDriver:PerformActions', {
        actions: [
          {
            type: 'pointer',
            id: 'pointer',
            actions: [
              { type: 'pointerMove', origin, x: 0, y: 0 },
              { type: 'pointerDown', button: 2 },
              { type: 'pointerUp', button: 2 },
            ],
          },
        ],
      });
    },
    type: async (xpath, text) => {
      await send('WebDriver:ElementSendKeys', { id: await commands.find(xpath), text });
    },
    textOf: async (xpath) =>
      String(unwrap(await send('WebDriver:GetElementText', { id: await commands.find(xpath) }))),
    profile,
    quit: async () => {
      await send('Marionette:Quit', { flags: ['eAttemptQuit'] }).catch(() => undefined);
      await exited;
    },
    close: async () => {
      // Who is gone does not answer.
      if (firefox.exitCode === null) {
        await send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined);
      }
      marionette.close();
      firefox.kill('SIGTERM');
      await exited;
      await rm(profile, { recursive: true, force: true });
    },
  };
};

/** Starts Firefox headless in a fresh profile with the extension from a folder. */
export const openFirefox = (extension: string): Promise<Firefox> =>
  startFirefox({ executablePath: requireProgram(FIREFOX), extension });
