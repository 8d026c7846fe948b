import '../../../src/sandbox/resolve-localhost.mjs';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import {
  createTenantLevers,
  type LateChange,
  type TenantLevers,
} from '../../integration/launch/tenant-levers.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { openSessionBrowser, type SessionBrowser } from './session-browser.ts';
import { signInByHand } from './somebody-signed-in.ts';

const endpoints = workerEndpoints();
const { accounts, targetApps, tenant } = endpoints;
const { customer } = accounts;
const [organization] = customer.organizations;
const appOf = (kind: 'express' | 'spa') => {
  const app = targetApps.find((candidate) => candidate.kind === kind);
  if (!app) {
    throw new Error(`The sandbox has no ${kind} app.`);
  }
  return app;
};
const shop = appOf('express');

let levers: TenantLevers;
let connectionId: string;
let browser: SessionBrowser;
beforeAll(async () => {
  await endAllSessions(endpoints);
  levers = await createTenantLevers(endpoints);
  const connections = (await levers.call('GET', '/connections')) as { id: string; name: string }[];
  connectionId = connections.find(({ name }) => name === customer.connection)?.id ?? '';
  browser = await openSessionBrowser(endpoints, {
    origins: [...targetApps.map(({ home }) => home), tenant.customers],
  });
});
afterAll(() => browser.close());
afterEach(async () => {
  await levers.reset();
  await browser.context.clearCookies();
});

/** Misconfigures the tenant after the backend had its token, so that only the redemption runs into it. */
const late = (method: LateChange['method'], path: string, body?: unknown) => () =>
  levers.beforeRedemption([{ method, path, ...(body !== undefined && { body }) }]);
const lateShop = (body: object) => late('PATCH', `/clients/${shop.id}`, body);
const lateCustomer = (app_metadata: object) =>
  late('PATCH', `/users/${encodeURIComponent(customer.id)}`, { app_metadata });

/** Somebody whom the extension did not sign in, on the domain where the customers' sessions live. */
const signSomebodyIn = async (): Promise<void> => {
  const page = await signInByHand(browser.context, endpoints);
  await page.close();
};

type Case = {
  readonly what: string;
  readonly app?: 'Shop' | 'Desk';
  readonly provoke: () => Promise<unknown>;
  readonly cause: string;
  readonly who: 'What you can do' | 'For your platform team' | 'For the app’s team';
};

/** Each way in which a launch shows that it did not land, and each who can mend it. */
export const EVERY_WAY: readonly Case[] = [
  {
    what: 'somebody is signed in on the login domain',
    provoke: signSomebodyIn,
    cause: 'existing_session',
    who: 'What you can do',
  },
  {
    what: 'delegation is off on the client',
    provoke: lateShop({
      session_transfer: { allowed_authentication_methods: ['query'], delegation: null },
    }),
    cause: 'delegation_not_allowed',
    who: 'For your platform team',
  },
  {
    what: 'the app’s login drops the parameters',
    provoke: () =>
      levers.call('PATCH', `/clients/${shop.id}`, {
        initiate_login_uri: new URL('/login-stock', shop.home).href,
      }),
    cause: 'login_uri_drops_parameters',
    who: 'For the app’s team',
  },
  {
    what: 'the customer left the organization',
    app: 'Desk',
    provoke: late('DELETE', `/organizations/${organization}/members`, { members: [customer.id] }),
    cause: 'organization_not_member',
    who: 'What you can do',
  },
  {
    what: 'the app is down',
    provoke: () => levers.call('PATCH', `/sandbox/apps/${shop.id}`, { running: false }),
    cause: 'app_unreachable',
    who: 'For the app’s team',
  },
];

/** The causes that show in one of those ways too. */
export const OTHER_CAUSES: readonly Case[] = [
  {
    what: 'the client takes no tokens from a query',
    provoke: lateShop({
      session_transfer: {
        allowed_authentication_methods: ['cookie'],
        delegation: { allow_delegated_access: true },
      },
    }),
    cause: 'query_not_allowed',
    who: 'For your platform team',
  },
  {
    what: 'the connection is off on the app',
    provoke: () => late('PATCH', ...connectionOff(shop.id))(),
    cause: 'connection_not_enabled_on_app',
    who: 'For your platform team',
  },
  {
    what: 'the app requires an organization that nobody gave',
    provoke: lateShop({ organization_usage: 'require' }),
    cause: 'organization_missing',
    who: 'What you can do',
  },
  {
    what: 'the organization does not have the connection',
    app: 'Desk',
    provoke: () =>
      late('DELETE', `/organizations/${organization}/enabled_connections/${connectionId}`)(),
    cause: 'organization_not_linked',
    who: 'For your platform team',
  },
  {
    what: 'the tenant sees the browser at another address',
    provoke: () => levers.choose({ clientAddressOverride: '2001:db8::1' }),
    cause: 'ip_mismatch',
    who: 'For your platform team',
  },
  {
    what: 'the token is too old',
    provoke: () =>
      levers.choose({ sessionTransferLifetimeInSeconds: 0, refusedRedemptionLogType: 'f' }),
    cause: 'token_expired',
    who: 'What you can do',
  },
  {
    what: 'something used the token before',
    provoke: () => levers.choose({ sessionTransferTokensArriveUsed: true }),
    cause: 'token_used',
    who: 'What you can do',
  },
  {
    what: 'the customer needs a second factor',
    provoke: lateCustomer({ multifactor_required: true }),
    cause: 'interaction_required',
    who: 'For your platform team',
  },
  {
    what: 'the customer has to consent',
    provoke: lateShop({ is_first_party: false }),
    cause: 'interaction_required',
    who: 'For your platform team',
  },
  {
    what: 'the post-login Action refuses',
    provoke: lateCustomer({ understudy_protected: true }),
    cause: 'refused_by_action',
    who: 'For your platform team',
  },
];

/** Turns the customers' connection off for an application. */
export const disableConnectionOn = async (client_id: string): Promise<unknown> =>
  levers.call('PATCH', ...connectionOff(client_id));

const connectionOff = (client_id: string) =>
  [`/connections/${connectionId}/clients`, [{ client_id, status: false }]] as const;

/** The browser of this file's tests, at its search. */
export const atSearch = async (): Promise<SessionBrowser> => {
  await browser.backToSearch();
  return browser;
};

/** Launches where it cannot land, and expects the popup to name the cause and one thing that its reader can do. */
export const expectDiagnosis = async ({
  app = 'Shop',
  provoke,
  cause,
  who,
}: Case): Promise<void> => {
  await browser.backToSearch();
  await provoke();
  const opened = browser.nextTab();
  await browser.launch(customer.name, app);
  const tab = await opened;
  const card = browser.popup.getByRole('alert').filter({ hasText: who });
  await card.waitFor();
  expect(await card.getByRole('definition').textContent()).toBe(cause);
  expect(await card.getByRole('listitem').count()).toBe(1);
  await tab.close();
};
