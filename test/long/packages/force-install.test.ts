import '../../../src/sandbox/resolve-localhost.mjs';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { strFromU8, strToU8 } from 'fflate';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeCrx } from '../../../src/commands/packaging/crx.ts';
import { extensionIdOf, publicKeyDer } from '../../../src/commands/packaging/extension-id.ts';
import { makePackages } from '../../../src/commands/packaging/make-packages.ts';
import { chromiumUpdates } from '../../../src/commands/packaging/update-manifests.ts';
import { inRepository } from '../../../src/commands/repository.ts';
import { type RunningSandbox, startSandbox } from '../../../src/commands/sandbox-process.ts';
import { afterSignIn } from '../../e2e/after-sign-in.ts';
import { backToSearch } from '../../e2e/back-to-search.ts';
import {
  type BrowserWithPolicy,
  chromiumWithPolicy,
  whyNoPolicy,
} from '../../e2e/managed/browser-with-policy.ts';
import { nextTab } from '../../e2e/next-tab.ts';
import { createLedgerReader } from '../../e2e/session/ledger-rows.ts';
import { submitSignIn } from '../../e2e/sign-in-form.ts';
import { type DownloadServer, startDownloadServer } from './download-server.ts';
import { NEXT_VERSION, nextVersionOf } from './next-version.ts';

const reason = whyNoPolicy();
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicKey = publicKeyDer(privateKey);
const id = extensionIdOf(publicKey);
/** Longer than Chromium waits before it calls an extension idle. */
const REST_MILLISECONDS = 12_000;

// Where it is skipped, the reason is in the title.
describe.skipIf(reason)(`the package by policy${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let server: DownloadServer;
  let sandbox: RunningSandbox;
  let policy: BrowserWithPolicy;
  let folder: string;
  let context: BrowserContext;
  let settings: object;

  beforeAll(async () => {
    server = await startDownloadServer();
    folder = await mkdtemp(join(tmpdir(), 'understudy-forced-'));
    sandbox = await startSandbox(join(folder, 'sandbox'), [
      '--extension-key',
      publicKey.toString('base64'),
    ]);
    settings = { backendUrl: sandbox.endpoints.backend, endWithLastTab: true };
    for (const [path, bytes] of makePackages({
      repository: inRepository(),
      key: privateKey,
      baseUrl: server.baseUrl,
      settings,
      firefoxId: undefined,
    })) {
      server.files.set(path, bytes);
    }
    policy = chromiumWithPolicy({
      ...JSON.parse(strFromU8(server.files.get('policies/chrome.json') ?? new Uint8Array())),
      // Else no debugger, and so no test, may look at what a policy installed.
      DeveloperToolsAvailability: 1,
    });
    context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: policy.executablePath,
      headless: true,
      viewport: null,
      // What Playwright keeps a browser from installing anything with.
      ignoreDefaultArgs: ['--disable-extensions', '--disable-background-networking'],
      args: ['--disable-gpu', '--disable-quic'],
    });
  });
  afterAll(async () => {
    await context?.close();
    policy?.remove();
    await sandbox?.stop();
    server?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** The versions of the package that Chromium has unpacked into the profile. */
  const installed = (): readonly string[] => {
    const unpacked = join(folder, 'profile', 'Default', 'Extensions', id);
    return existsSync(unpacked) ? readdirSync(unpacked) : [];
  };

  const openPopup = async (): Promise<Page> => {
    const page = await context.newPage();
    await page.setViewportSize({ width: 400, height: 600 });
    // Until it is enabled, its pages are blocked.
    await vi.waitFor(() => page.goto(`chrome-extension://${id}/src/extension/popup/index.html`), {
      timeout: 30_000,
      interval: 500,
    });
    return page;
  };

  /** Chromium updates an extension when none of it runs; a worker that a debugger looks at never rests by itself. */
  const stopWorker = async (): Promise<void> => {
    const session = await context.newCDPSession(context.pages()[0] ?? (await context.newPage()));
    await session.send('ServiceWorker.enable');
    await session.send('ServiceWorker.stopAllWorkers');
    await session.detach();
  };

  /** Opens a popup of the new version, after however many rests it takes until Chromium has updated. */
  const openUpdated = async (): Promise<Page> => {
    for (let rest = 0; rest < 6; rest += 1) {
      await stopWorker();
      await delay(REST_MILLISECONDS);
      const popup = await openPopup();
      if ((await popup.evaluate(() => chrome.runtime.getManifest().version)) === NEXT_VERSION) {
        return popup;
      }
      await popup.close();
    }
    throw new Error('Chromium did not update the extension.');
  };

  const signIn = async (popup: Page): Promise<void> => {
    const { agent } = sandbox.endpoints.accounts;
    const opened = context.waitForEvent('page').catch(() => undefined);
    const signedIn = afterSignIn(popup);
    await popup.getByRole('button', { name: 'Sign in' }).click();
    // No window shows where the tenant knows the agent already.
    const login = await Promise.race([opened, signedIn.then(() => undefined)]);
    if (login) {
      await submitSignIn(login, agent);
    }
    await signedIn;
  };

  const launch = async (popup: Page): Promise<Page> => {
    const { customer } = sandbox.endpoints.accounts;
    await backToSearch(popup);
    await popup.getByRole('combobox', { name: 'Find a customer' }).fill(customer.name);
    await popup.getByRole('option', { name: customer.name }).first().click();
    await popup.getByRole('radio', { name: 'Shop' }).check();
    await popup.getByLabel('Reason').fill('Cannot see the invoice');
    const opened = nextTab(context);
    await popup.getByRole('button', { name: 'Act as customer' }).click();
    const tab = await opened;
    await tab.getByTestId('user').filter({ hasText: customer.name }).waitFor();
    return tab;
  };

  it('a clean profile of Chromium installs the package, pinned and with the company’s settings', async () => {
    await expect.poll(installed, { timeout: 90_000 }).toHaveLength(1);
    expect(server.asked).toEqual(expect.arrayContaining(['update.xml', 'understudy.crx']));
    const popup = await openPopup();
    const stored = () => popup.evaluate(() => chrome.storage.managed.get());
    await expect.poll(stored, { timeout: 60_000 }).toEqual(settings);
    const { isOnToolbar } = await popup.evaluate(() => chrome.action.getUserSettings());
    expect(isOnToolbar).toBe(true);
    await popup.close();
  });

  it('an agent with the installed package signs in without any setting and acts as a customer', async () => {
    const popup = await openPopup();
    await signIn(popup);
    await launch(popup);
    await popup.getByText(/Auth0 confirmed who|Confirmed by Auth0/).waitFor();
    await popup.close();
  });

  it('an update that comes while a session runs is installed, the session is named and signed out before anybody signs in, and the agent launches again', async () => {
    const readLedger = await createLedgerReader(sandbox.endpoints);
    const { files, baseUrl } = server;
    files.set(
      'understudy.crx',
      makeCrx(nextVersionOf(files.get('understudy-chrome.zip')), privateKey),
    );
    const updates = chromiumUpdates(id, NEXT_VERSION, `${baseUrl}/understudy.crx`);
    files.set('update.xml', strToU8(updates));
    const popup = await openPopup();
    const { status } = await popup.evaluate(() => chrome.runtime.requestUpdateCheck());
    expect(status).toBe('update_available');
    await popup.close();
    await expect
      .poll(installed, { timeout: 120_000, interval: 500 })
      .toContain(`${NEXT_VERSION}_0`);
    const updated = await openUpdated();
    const leftover = updated.getByText('may still be signed in to Shop');
    await leftover.waitFor();
    await updated.getByRole('button', { name: 'Sign out of Shop' }).click();
    // The button has another name while the sign-out runs; the sentence stays until it is done.
    await leftover.waitFor({ state: 'detached' });
    await signIn(updated);
    await expect
      .poll(async () => (await readLedger()).findLast(({ type }) => type === 'launch_ended'))
      .toMatchObject({ cause: 'agent' });
    await backToSearch(updated);
    expect(await updated.getByRole('list', { name: 'Active sessions' }).count()).toBe(0);
    await launch(updated);
  });
});
