import '../../../src/sandbox/resolve-localhost.mjs';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8 } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePackages } from '../../../src/commands/packaging/make-packages.ts';
import { firefoxUpdates } from '../../../src/commands/packaging/update-manifests.ts';
import { inRepository } from '../../../src/commands/repository.ts';
import { canRunWith, FIREFOX } from '../../../src/commands/test-programs.ts';
import { createLocalCertificates } from '../../../src/sandbox/certificate-authority.ts';
import { button, ENTER, SEARCH, text } from '../../e2e/firefox/agent-in-firefox.ts';
import { FIREFOX_ADD_ON_ID, type Firefox, startFirefox } from '../../e2e/firefox/firefox.ts';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type DownloadServer, startDownloadServer } from './download-server.ts';
import {
  type FirefoxWithPolicy,
  firefoxWithPolicy,
  whyNoFirefoxPolicy,
} from './firefox-with-policy.ts';
import { NEXT_VERSION, nextVersionOf } from './next-version.ts';

const endpoints = workerEndpoints();
const { agent, customer } = endpoints.accounts;
const XPI = 'understudy-firefox.xpi';
const SETTINGS = { backendUrl: endpoints.backend, endWithLastTab: true };

const ADD_ON = `
  const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
  AddonManager.getAddonByID(arguments[0]).then((addOn) => resolve({
    version: addOn.version,
    isActive: addOn.isActive,
    canBeRemoved: Boolean(addOn.permissions & AddonManager.PERM_CAN_UNINSTALL),
    canBeDisabled: Boolean(addOn.permissions & AddonManager.PERM_CAN_DISABLE),
    isInPrivateWindows: WebExtensionPolicy.getByID(addOn.id)?.privateBrowsingAllowed ?? false,
    isTemporary: addOn.temporarilyInstalled,
  }));`;

/** What Firefox does by itself every few hours. */
const LOOK_FOR_UPDATES = `
  const { AddonManagerPrivate } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
  AddonManagerPrivate.backgroundUpdateCheck().then(() => resolve(null));`;

const MANAGED_SETTINGS = 'window.chrome.storage.managed.get().then(resolve);';
const VERSION = 'resolve(window.chrome.runtime.getManifest().version);';

const whySkipped = canRunWith(FIREFOX) ? whyNoFirefoxPolicy() : 'Firefox is missing';

// Where it is skipped, the reason is in the title.
describe.skipIf(whySkipped)(
  `the package by policy in Firefox${whySkipped ? ` (skipped: ${whySkipped})` : ''}`,
  () => {
    let folder: string;
    let server: DownloadServer;
    let policy: FirefoxWithPolicy;
    let firefox: Firefox;

    beforeAll(async () => {
      await endAllSessions(endpoints);
      folder = await mkdtemp(join(tmpdir(), 'understudy-forced-firefox-'));
      const { caCertificate, key, certificate } = await createLocalCertificates(new Date());
      const authority = join(folder, 'authority.pem');
      await writeFile(authority, caCertificate);
      server = await startDownloadServer({ key, cert: certificate });
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      for (const [path, bytes] of makePackages({
        repository: inRepository(),
        key: privateKey,
        baseUrl: server.baseUrl,
        settings: SETTINGS,
        firefoxId: undefined,
      })) {
        server.files.set(path, bytes);
      }
      const packaged = strFromU8(server.files.get('policies/firefox.json') ?? new Uint8Array());
      policy = firefoxWithPolicy({
        policies: {
          ...JSON.parse(packaged).policies,
          Certificates: { Install: [authority] },
          Preferences: {
            'xpinstall.signatures.required': { Value: false, Status: 'locked' },
            // Remote control turns the look for updates off unless it is locked.
            'extensions.update.enabled': { Value: true, Status: 'locked' },
          },
        },
      });
      firefox = await startFirefox({ executablePath: policy.executablePath });
    });
    afterAll(async () => {
      await firefox?.close();
      policy?.remove();
      server?.close();
      await rm(folder, { recursive: true, force: true });
    });

    const addOn = () => firefox.runInBrowser(ADD_ON, FIREFOX_ADD_ON_ID);
    const openPanel = () => firefox.open(`${firefox.extensionUrl}src/extension/popup/index.html`);

    const launch = async (): Promise<void> => {
      await firefox.type(SEARCH, customer.name);
      await firefox.waitFor(`//*[@role="option"]${text(customer.name)}`);
      await firefox.type(SEARCH, ENTER);
      await firefox.type('//textarea[@id="reason"]', 'Cannot see the invoice');
      await firefox.followTo(() => firefox.click('//button[@id="act"]'));
      expect(await firefox.textOf('//*[@data-testid="user"]')).toContain(customer.name);
    };

    it('a clean profile of Firefox installs the package without a question, and the agent cannot remove it', async () => {
      expect(server.asked).toContain(XPI);
      expect(await addOn()).toMatchObject({
        isActive: true,
        isTemporary: false,
        canBeRemoved: false,
        canBeDisabled: false,
        isInPrivateWindows: true,
      });
    });

    it('the installed package has the company’s settings', async () => {
      await openPanel();
      expect(await firefox.runInPage(MANAGED_SETTINGS)).toEqual(SETTINGS);
    });

    it('an agent with the package in Firefox signs in without any setting and acts as a customer', async () => {
      const panel = (await firefox.windows())[0] ?? '';
      await firefox.followTo(() => firefox.click(button('Sign in')));
      await firefox.type('//input[@name="username"]', agent.email);
      await firefox.type('//input[@name="password"]', agent.password + ENTER);
      await firefox.switchTo(panel);
      await firefox.click(button('No, don’t ask again'));
      await launch();
      await firefox.switchTo(panel);
      await firefox.waitFor(text('confirm'));
    });

    it('Firefox installs an update while a session runs, the session is named and can be signed out, and the agent launches again', async () => {
      const xpi = nextVersionOf(server.files.get(XPI));
      const updates = firefoxUpdates(
        FIREFOX_ADD_ON_ID,
        NEXT_VERSION,
        `${server.baseUrl}/${XPI}`,
        xpi,
      );
      server.files.set(XPI, xpi).set('updates.json', strToU8(updates));
      await firefox.runInBrowser(LOOK_FOR_UPDATES);
      await expect
        .poll(addOn)
        .toMatchObject({ version: NEXT_VERSION, isActive: true, canBeRemoved: false });

      // Firefox has closed the panel's tab; the customer's is left.
      await firefox.switchTo((await firefox.windows())[0] ?? '');
      await firefox.openTab();
      await openPanel();
      expect(await firefox.runInPage(VERSION)).toBe(NEXT_VERSION);
      expect(await firefox.runInPage(MANAGED_SETTINGS)).toEqual(SETTINGS);
      await firefox.waitFor(text('A customer may still be signed in to'));
      await firefox.click('//button[starts-with(normalize-space(), "Sign out of")]');
      await firefox.waitFor('//*[@role="status"]//strong[normalize-space()="Shop"]');
      await firefox.click(button('Sign in'));
      await launch();
    });
  },
);
