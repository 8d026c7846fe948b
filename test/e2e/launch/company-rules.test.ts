import '../../../src/sandbox/resolve-localhost.mjs';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';
import { type RunningSandbox, startSandbox } from '../../../src/commands/sandbox-process.ts';
import { createTenantLevers, type TenantLevers } from '../../integration/launch/tenant-levers.ts';
import { backToSearch } from '../back-to-search.ts';
import { openSessionBrowser, type SessionBrowser } from '../session/session-browser.ts';
import { askWorker, snapshotOf } from '../session/worker-answers.ts';
import { submitSignIn } from '../sign-in-form.ts';

/** Eight minutes and a sign-in of the last five for everything, and a second factor for launches into an organization. */
const RULES = `
@id("agents") permit (principal in Role::"Support Agent", action, resource);
@id("short") forbid (principal, action, resource) when { context.minutes > 8 };
@id("fresh") @remedy("step_up") @max_age("300")
forbid (principal, action, resource) when { context.authAgeSeconds > 300 };
@id("strong") @remedy("step_up") @max_age("300")
@acr_values("http://schemas.openid.net/pape/policies/2007/06/multi-factor")
forbid (principal, action, resource) when { context has organization }
unless { context.authMethods.contains("mfa") };
`;

const folder = mkdtempSync(join(tmpdir(), 'understudy-step-up-'));
const policies = mkdtempSync(join(tmpdir(), 'understudy-step-up-rules-'));
let sandbox: RunningSandbox;
let levers: TenantLevers;
let browser: SessionBrowser;
let popup: Page;
beforeAll(async () => {
  const schema = 'understudy.cedarschema';
  copyFileSync(inRepository(`docs/policies/strict-start-up/${schema}`), join(policies, schema));
  writeFileSync(join(policies, 'rules.cedar'), RULES);
  sandbox = await startSandbox(folder, ['--policies', policies]);
  levers = await createTenantLevers(sandbox.endpoints);
  browser = await openSessionBrowser(sandbox.endpoints, {
    origins: [...sandbox.endpoints.targetApps.map(({ home }) => home)],
  });
});
beforeEach(async () => {
  popup = await browser.openPopup();
});
afterEach(async () => {
  for (const { id } of (await snapshotOf(browser.popup)).sessions) {
    await askWorker(browser.popup, 'end_session', { launchId: id });
    await askWorker(browser.popup, 'dismiss_launch', { launchId: id });
  }
  await popup.close();
});
afterAll(async () => {
  await browser.close();
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
  rmSync(policies, { recursive: true, force: true });
});

const accounts = () => sandbox.endpoints.accounts;

type StoredTokens = { readonly idToken: string; readonly idTokenReceivedAt: number };

/** Makes the agent's sign-in an hour old, and has the extension renew its ID token. */
const ageSignIn = async (): Promise<void> => {
  await levers.call('PATCH', '/sandbox/sign-ins', { older_by_seconds: 3600 });
  const worker = await browser.worker();
  const before = await worker.evaluate(async () => {
    const { tokens } = (await chrome.storage.session.get('tokens')) as { tokens: StoredTokens };
    const { signedInAgain: _signedInAgain, ...rest } = tokens as StoredTokens & {
      signedInAgain?: true;
    };
    await chrome.storage.session.set({ tokens: { ...rest, idTokenReceivedAt: 0 } });
    return tokens.idToken;
  });
  await snapshotOf(browser.popup);
  const idToken = () =>
    worker.evaluate(
      async () =>
        ((await chrome.storage.session.get('tokens')) as { tokens: StoredTokens }).tokens.idToken,
    );
  await expect.poll(idToken).not.toBe(before);
};

const choose = async (app: string): Promise<void> => {
  await backToSearch(popup);
  await popup.getByRole('combobox', { name: 'Find a customer' }).fill(accounts().customer.name);
  await popup.getByRole('option', { name: accounts().customer.name }).first().click();
  await popup.getByRole('radio', { name: app }).check();
};

const notice = () =>
  popup.getByRole('status').filter({ hasText: 'You will be asked to sign in again.' });

/** Launches from the panel; gives the window in which the agent signs in again. */
const act = async (): Promise<Page> => {
  await popup.getByLabel('Reason').fill('Cannot see the invoice');
  const opened = browser.nextTab();
  await popup.getByRole('button', { name: 'Act as customer' }).click();
  return opened;
};

const pageOfCustomer = async (): Promise<void> => {
  await expect
    .poll(async () => {
      const said = await Promise.all(
        browser.context.pages().map((page) =>
          page
            .getByTestId('user')
            .textContent({ timeout: 1_000 })
            .catch(() => ''),
        ),
      );
      return said.join();
    })
    .toContain(accounts().customer.name);
};

/** Moves the extension's clock, in milliseconds, and has it look at its sessions as it does every minute. */
const setClockAhead = async (milliseconds: number): Promise<void> => {
  await (await browser.worker()).evaluate(async (ahead) => {
    const { timeOrigin } = performance;
    Date.now = () => Math.round(timeOrigin + performance.now()) + ahead;
    const alarm = (await chrome.alarms.getAll())[0];
    await chrome.alarms.create(alarm?.name ?? '', { when: 0, periodInMinutes: 1 });
  }, milliseconds);
};

/** The agent's launches, as the backend lists them. */
const activeLaunches = async (): Promise<unknown> => {
  const accessToken = await (await browser.worker()).evaluate(
    async () =>
      ((await chrome.storage.session.get('tokens')) as { tokens: { accessToken: string } }).tokens
        .accessToken,
  );
  const answer = await fetch(`${sandbox.endpoints.backend}/v1/launches?state=active`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  return answer.json();
};

const sessionsIn = async () => (await snapshotOf(browser.popup)).sessions;

it('a session that the rules grant eight minutes says so before and after, and is over after them', async () => {
  await choose('Shop');
  await popup.getByText('Up to 8 min').waitFor();
  expect(await popup.getByLabel('Reason').inputValue()).toBe('');
  await act();
  await pageOfCustomer();
  await expect.poll(sessionsIn).toMatchObject([{ standing: 'acting' }]);
  await popup.getByText('8 min left').first().waitFor();
  expect(await activeLaunches()).toMatchObject({
    launches: [
      {
        grant: { mode: 'full', minutes: 8 },
        policies: ['agents'],
        policyHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ],
  });
  await setClockAhead(8 * 60_000);
  const ofCustomer = `/users/${encodeURIComponent(accounts().customer.id)}/sessions`;
  await expect.poll(() => levers.call('GET', ofCustomer)).toMatchObject({ sessions: [] });
  await expect.poll(activeLaunches).toMatchObject({ launches: [] });
  await setClockAhead(0);
});

describe('a launch that the rules want a fresher sign-in for', () => {
  it('a launch that wants a fresher sign-in is not let through by a renewed token, and lands by itself once the agent has signed in again', async () => {
    await ageSignIn();
    await choose('Shop');
    await notice().waitFor();
    expect(await popup.getByLabel('Reason').inputValue()).toBe('');
    const login = await act();
    // As in the toolbar, where the window takes the focus from the popup.
    await popup.close();
    expect(await login.locator('[name=username]').inputValue()).toBe(accounts().agent.email);
    await submitSignIn(login, accounts().agent);
    await pageOfCustomer();
    await expect
      .poll(sessionsIn)
      .toMatchObject([{ standing: 'acting', request: { reason: 'Cannot see the invoice' } }]);
  });

  it('a launch that wants a second factor asks for it alone where the sign-in is young enough, and says so before', async () => {
    await choose('Desk');
    await notice().filter({ hasText: 'second factor' }).waitFor();
    const challenge = await act();
    await challenge.getByLabel('One-time code').fill('246810');
    await challenge
      .getByLabel('One-time code')
      .press('Enter')
      .catch(() => undefined);
    await pageOfCustomer();
    await expect.poll(sessionsIn).toMatchObject([{ standing: 'acting', targetAppName: 'Desk' }]);
  });

  it('a launch whose sign-in window is closed starts nothing, says so, and keeps what was typed', async () => {
    await ageSignIn();
    await choose('Shop');
    await notice().waitFor();
    const login = await act();
    await login.locator('[name=password]').waitFor();
    await login.close();
    await popup.getByText('You did not sign in again').waitFor();
    expect((await sessionsIn()).map(({ standing }) => standing)).not.toContain('acting');
    await popup.getByRole('button', { name: 'Change' }).click();
    expect(await popup.getByLabel('Reason').inputValue()).toBe('Cannot see the invoice');
  });

  it('a launch whose sign-in window somebody else signs in to starts nothing, and the agent stays who they were', async () => {
    await ageSignIn();
    await choose('Shop');
    await notice().waitFor();
    const login = await act();
    await submitSignIn(login, accounts().supervisor);
    await popup.getByText('Somebody else signed in').waitFor();
    expect((await sessionsIn()).map(({ standing }) => standing)).not.toContain('acting');
    const { profile, signIn } = await snapshotOf(popup);
    expect(signIn.state).toBe('signed_in');
    expect(profile?.me.agent.email).toBe(accounts().agent.email);
  });
});
