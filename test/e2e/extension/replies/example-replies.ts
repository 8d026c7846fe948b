import { CUSTOMERS } from '../people.ts';

/** A message that went well. */
export const ok = (value: unknown) => ({ ok: true, value });
/** A message that did not. */
export const problem = (value: unknown) => ({ ok: false, problem: value });

const app = (id: string, name: string, organizationUsage: string, ways: readonly string[]) => ({
  id,
  name,
  loginUrl: `https://${id}.example.com/login`,
  logoutUrl: `https://${id}.example.com/logout`,
  loginDomain: 'login.example.com',
  origins: [`https://${id}.example.com`],
  organizationUsage,
  ways,
});

/** The apps that are open to the agent: one without organizations, one that wants one, one that takes one. */
export const APPS = [
  app('shop', 'Shop', 'deny', ['delegation', 'native_to_web']),
  app('desk', 'Workspace', 'require', ['delegation']),
  app('billing', 'Billing portal', 'allow', ['delegation']),
];

/** Who the agent is, with what the company wants of a launch. */
export const PROFILE = {
  me: {
    agent: { sub: 'auth0|agent', name: 'Ada Okafor', email: 'ada@acme.example' },
    permissions: ['impersonate:customers', 'read:customers'],
    policy: {
      reason: { required: true, minLength: 10 },
      ticket: { required: true, pattern: '^SUP-\\d+$' },
    },
    recordPatterns: [],
  },
  targetApps: APPS,
};

/** A refusal in the backend's own words. */
export const BACKEND_PROBLEM = {
  source: 'backend',
  code: 'customer_protected',
  title: 'This account is protected',
  detail: 'The account carries the role “staff”, which nobody may act as.',
  action: 'Nobody may act as a protected account, staff, or themselves. Ask a supervisor.',
  requestId: '0f8e1d6c-7b7a-4c39-9b2e-5d3a6f1c2b4d',
};

/** Nothing typed, nothing chosen. */
export const EMPTY = { query: '', reason: '', ticket: '' };
/** The backend in use. */
export const backend = {
  origin: 'https://understudy.acme.example',
  issuer: 'https://agents.acme.example/',
  managed: false,
};
/** Nobody is signed in. */
export const signedOut = { state: 'signed_out', webSessionLeft: false };

/** A snapshot of an agent who is signed in and has done nothing yet. */
export const base = {
  backend,
  signIn: { state: 'signed_in', webSessionLeft: false },
  profile: PROFILE,
  sessions: [],
  leftovers: [],
  setUp: { due: false, declined: false },
  recents: [],
  places: [],
  draft: EMPTY,
};

/** A launch that was seen to land, unless changed. */
export const launch = (customer: (typeof CUSTOMERS)[number], changed: object) => ({
  id: '3f0a9c7e-2b1d-4e5f-8a6b-7c8d9e0f1a2b',
  state: 'landed',
  standing: 'acting',
  customerId: customer.id,
  customerName: customer.name,
  customerEmail: customer.email,
  targetAppId: 'desk',
  targetAppName: 'Workspace',
  organizationName: 'Globex',
  requestedAt: '2030-01-01T09:00:00.000Z',
  sessionEndsAt: new Date(Date.now() + 6_720_000).toISOString(),
  landing: 'seen',
  landedBy: 'tab',
  color: 'blue',
  tab: 'open',
  openIn: 'new_tab',
  ...changed,
});

/** What the worker says to an agent who is signed in. */
export const signedIn = (changed: object) => ({ get_snapshot: ok({ ...base, ...changed }) });
/** An agent who has typed into the search field. */
export const searching = (query: string, reply?: unknown) => ({
  ...signedIn({ draft: { ...EMPTY, query } }),
  ...(reply !== undefined && { search_customers: reply }),
});
/** What a search finds. */
export const found = (customers: readonly unknown[], more = false) =>
  ok({ customers, searched: { fields: ['name', 'email', 'user_id'], total: 12_408 }, more });
/** The panel of a customer, with so many organizations. */
export const panel = (
  customer: (typeof CUSTOMERS)[number],
  draft: object,
  organizations: number,
  outlook: { readonly inTheWay?: readonly object[] } & Readonly<Record<string, unknown>> = {},
  parts: object = {},
) => ({
  ...signedIn({
    sessions: outlook.inTheWay ?? [],
    ...parts,
    draft: { ...EMPTY, query: 'mar', customerId: customer.id, ...draft },
    draftCustomer: customer,
  }),
  get_customer: ok({
    ...customer,
    organizations: [
      { id: 'org_1', name: 'globex', displayName: 'Globex' },
      { id: 'org_2', name: 'initech', displayName: 'Initech GmbH & Co. KG' },
      { id: 'org_3', name: 'long', displayName: 'Organisation '.repeat(20) },
    ].slice(0, organizations),
    targetAppIds: ['shop', 'desk'],
  }),
  search_customers: found(CUSTOMERS),
  preview_launch: ok({ inTheWay: [], ownSession: false, ...outlook }),
});
/** A launch that the popup shows instead of the search. */
export const launched = (changed: object, customer: (typeof CUSTOMERS)[number] = CUSTOMERS[0]) =>
  signedIn({
    launch: launch(customer, { request: {}, ...changed }),
    draft: { ...EMPTY, customerId: customer.id, targetAppId: 'desk' },
  });
