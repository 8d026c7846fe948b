import { CUSTOMERS } from './people.ts';

const ok = (value: unknown) => ({ ok: true, value });
const problem = (value: unknown) => ({ ok: false, problem: value });

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

const APPS = [
  app('shop', 'Shop', 'deny', ['delegation', 'native_to_web']),
  app('desk', 'Workspace', 'require', ['delegation']),
  app('billing', 'Billing portal', 'allow', ['delegation']),
];

const PROFILE = {
  me: {
    agent: { sub: 'auth0|agent', name: 'Ada Okafor', email: 'ada@acme.example' },
    permissions: ['impersonate:customers', 'read:customers'],
    policy: { reason: { required: true, minLength: 10 }, ticket: { required: true } },
    recordPatterns: [],
  },
  targetApps: APPS,
};

const BACKEND_PROBLEM = {
  source: 'backend',
  code: 'customer_protected',
  title: 'This account is protected',
  detail: 'The account carries the role “staff”, which nobody may act as.',
  action: 'Nobody may act as a protected account, staff, or themselves. Ask a supervisor.',
  requestId: '0f8e1d6c-7b7a-4c39-9b2e-5d3a6f1c2b4d',
};

const EMPTY = { query: '', reason: '', ticket: '' };
const backend = {
  origin: 'https://understudy.acme.example',
  issuer: 'https://agents.acme.example/',
  managed: false,
};
const signedOut = { state: 'signed_out', webSessionLeft: false };

const base = {
  backend,
  signIn: { state: 'signed_in', webSessionLeft: false },
  profile: PROFILE,
  sessions: [],
  recents: [],
  places: [],
  draft: EMPTY,
};

const launch = (customer: (typeof CUSTOMERS)[number], changed: object) => ({
  id: '3f0a9c7e-2b1d-4e5f-8a6b-7c8d9e0f1a2b',
  state: 'opened',
  customerId: customer.id,
  customerName: customer.name,
  customerEmail: customer.email,
  targetAppId: 'desk',
  targetAppName: 'Workspace',
  organizationName: 'Globex',
  requestedAt: '2030-01-01T09:00:00.000Z',
  sessionEndsAt: new Date(Date.now() + 6_720_000).toISOString(),
  landing: 'unwatched',
  ...changed,
});

const [mara, marcus, staff, , markup, long] = CUSTOMERS;
const second = '4f0a9c7e-2b1d-4e5f-8a6b-7c8d9e0f1a2b';
const third = '5f0a9c7e-2b1d-4e5f-8a6b-7c8d9e0f1a2b';

const signedIn = (changed: object) => ({ get_snapshot: ok({ ...base, ...changed }) });
const searching = (query: string, reply?: unknown) => ({
  ...signedIn({ draft: { ...EMPTY, query } }),
  ...(reply === undefined ? {} : { search_customers: reply }),
});
const found = (customers: readonly unknown[], more = false) =>
  ok({ customers, searched: { fields: ['name', 'email', 'user_id'], total: 12_408 }, more });
const panel = (
  customer: (typeof CUSTOMERS)[number],
  draft: object,
  organizations: number,
  sessions: readonly object[] = [],
  parts: object = {},
) => ({
  ...signedIn({
    ...parts,
    sessions,
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
});
const launched = (changed: object, customer: (typeof CUSTOMERS)[number] = mara) =>
  signedIn({
    launch: launch(customer, { request: {}, ...changed }),
    draft: { ...EMPTY, customerId: customer.id, targetAppId: 'desk' },
  });

/** Every state of the popup, as what the worker answers in it. */
export const POPUP_STATES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'worker-stopped': {
    get_snapshot: problem({ source: 'extension', code: 'internal' }),
  },
  'first-run': {
    get_snapshot: ok({
      ...base,
      profile: undefined,
      backend: { managed: false },
      signIn: signedOut,
    }),
  },
  'signed-out': { get_snapshot: ok({ ...base, profile: undefined, signIn: signedOut }) },
  'signing-in': {
    get_snapshot: ok({
      ...base,
      profile: undefined,
      signIn: { state: 'signing_in', webSessionLeft: false },
    }),
  },
  'sign-in-closed': {
    get_snapshot: ok({
      ...base,
      profile: undefined,
      signIn: { ...signedOut, problem: { source: 'extension', code: 'sign_in_closed' } },
    }),
  },
  'sign-in-failed': {
    get_snapshot: ok({
      ...base,
      profile: undefined,
      signIn: {
        ...signedOut,
        problem: { source: 'extension', code: 'sign_in_failed', oauthError: 'access_denied' },
      },
    }),
  },
  'session-expired': {
    get_snapshot: ok({
      ...base,
      profile: undefined,
      signIn: { ...signedOut, problem: { source: 'extension', code: 'session_expired' } },
    }),
  },
  'web-session-left': {
    get_snapshot: ok({
      ...base,
      profile: undefined,
      signIn: { ...signedOut, webSessionLeft: true },
    }),
  },
  'profile-failed': signedIn({
    profile: undefined,
    profileProblem: { source: 'extension', code: 'backend_unreachable' },
  }),
  'home-empty': signedIn({}),
  'home-no-permission': signedIn({
    profile: { ...PROFILE, me: { ...PROFILE.me, permissions: ['read:customers'] } },
  }),
  'home-full': signedIn({
    sessions: [
      launch(mara, { state: 'landed' }),
      launch(marcus, { id: second, targetAppId: 'shop', targetAppName: 'Shop' }),
      launch(long, {
        id: third,
        state: 'confirmed',
        sessionEndsAt: new Date(Date.now() + 250_000).toISOString(),
      }),
    ],
    recents: [
      ...[mara, marcus, markup, long].map((customer, index) => ({
        customerId: customer.id,
        targetAppId: APPS[index % 3]?.id,
        customer,
        gone: false,
        pinned: index < 2,
      })),
      { customerId: staff.id, targetAppId: 'desk', customer: staff, gone: false, pinned: false },
      { customerId: 'auth0|gone', targetAppId: 'shop', gone: true, pinned: false },
    ],
  }),
  'too-short': searching('ma'),
  searching: searching('mar'),
  results: searching('mar', found(CUSTOMERS)),
  'results-many': searching(
    'mar',
    found(
      Array.from({ length: 20 }, (_, index) => ({ ...mara, id: `auth0|${index}` })),
      true,
    ),
  ),
  'no-result': searching('zzz', found([])),
  'search-failed': searching('mar', problem({ source: 'extension', code: 'timeout' })),
  'panel-loading': signedIn({
    draft: { ...EMPTY, customerId: mara.id },
    draftCustomer: mara,
  }),
  panel: panel(mara, {}, 0),
  'panel-organization': panel(mara, { targetAppId: 'desk' }, 3),
  'panel-long-name': panel(long, { targetAppId: 'desk', reason: 'Invoice '.repeat(60) }, 1),
  'panel-markup': panel(markup, {}, 0),
  'panel-protected': panel(staff, {}, 0),
  'panel-failed': {
    ...panel(mara, {}, 0),
    get_customer: problem({ ...BACKEND_PROBLEM, code: 'tenant_unavailable' }),
  },
  'launching-clearing': launched({
    state: 'requested',
    step: 'clearing',
    replaces: 'Marcus Aurelio Ferreira',
  }),
  blocked: launched({
    state: 'failed',
    request: {},
    problem: { source: 'extension', code: 'existing_session' },
  }),
  'not-landed-existing': launched({
    state: 'not_landed',
    request: {},
    diagnosis: {
      cause: 'existing_session',
      sentence: 'Somebody is already signed in on the login domain in this browser.',
      evidence: ["The tenant's log says (f): already logged in"],
      who: 'agent',
      how: 'End the other session, or open this one in a private window, then launch again.',
      ruledOut: [],
    },
  }),
  'panel-replacing': {
    ...panel(mara, { targetAppId: 'shop', openIn: 'private_window' }, 0, [
      launch(marcus, { targetAppId: 'shop', targetAppName: 'Shop', openIn: 'private_window' }),
    ]),
    get_session_tabs: ok({
      titles: [
        'Your orders',
        'Invoice 4711, with a title that is too long for one line',
        'Cart',
        'Help',
      ],
      complete: true,
    }),
  },
  'panel-replacing-unseen': {
    ...panel(mara, { targetAppId: 'shop', openIn: 'new_tab' }, 0, [
      launch(marcus, { targetAppId: 'shop', targetAppName: 'Shop', openIn: 'new_tab' }),
    ]),
    get_session_tabs: ok({ titles: [''], complete: false }),
  },
  'panel-own-domain': panel(
    mara,
    { targetAppId: 'shop', reason: 'The invoice is missing', ticket: 'SUP-1' },
    0,
    [],
    { backend: { ...backend, issuer: 'https://login.example.com/' } },
  ),
  'launching-identity': launched({ state: 'requested', step: 'identity' }),
  'launching-backend': launched({ state: 'requested', step: 'backend' }),
  'launching-tab': launched({ state: 'issued', step: 'tab' }),
  refused: launched({ state: 'refused', problem: BACKEND_PROBLEM }),
  interrupted: launched({ state: 'failed', problem: { source: 'extension', code: 'interrupted' } }),
  'failed-long-name': launched({ state: 'refused', problem: BACKEND_PROBLEM }, long),
  'not-landed': launched({
    state: 'not_landed',
    request: {},
    diagnosis: {
      cause: 'delegation_not_allowed',
      sentence: 'The app does not allow delegated access, so Auth0 showed its ordinary login page.',
      evidence: ['allow_delegated_access is off on the client.'],
      who: 'platform_team',
      how: "Set session_transfer.delegation.allow_delegated_access on the app's client.",
      ruledOut: [],
    },
  }),
  'not-landed-unknown': launched({
    state: 'not_landed',
    request: {},
    diagnosis: {
      cause: 'unknown',
      sentence: 'It is not known why the tab did not arrive in the app.',
      evidence: ['The tab was last seen at https://login.example.com.'],
      who: 'platform_team',
      how: "Look at the tenant's log around this time, with the request id.",
      ruledOut: ['existing_session', 'ip_mismatch', 'token_expired', 'app_unreachable'],
    },
  }),
  'not-landed-diagnosing': launched({ state: 'not_landed', request: {} }),
  ending: launched({ ending: 'login_domain' }),
};

const PREFILL_ID = '6f0a9c7e-2b1d-4e5f-8a6b-7c8d9e0f1a2b';
const pointedAt = (prefill: object) => ({
  ...panel(mara, {}, 0),
  ...signedIn({ prefill: { id: PREFILL_ID, ...prefill } }),
  take_prefill: ok({ taken: true }),
  retry_prefill: ok({}),
});
const matches = (customers: readonly unknown[], tried: object) =>
  pointedAt({ state: 'matches', matches: { customers, tried } });

/** States of the popup that begin outside of it: in a context menu, with a shortcut, in the address bar. */
export const PREFILL_STATES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'prefill-resolving': pointedAt({ state: 'resolving' }),
  'prefill-customer': pointedAt({
    state: 'customer',
    customer: mara,
    draft: { ...EMPTY, customerId: mara.id },
  }),
  'prefill-several': matches(
    [
      { ...marcus, name: 'Jordan Ellis' },
      { ...mara, name: 'Jordan Ellis' },
      { ...staff, name: 'Jordan Ellis' },
    ],
    { key: 'email' },
  ),
  'prefill-none': matches([], { key: 'external_id', system: 'Zendesk' }),
  'prefill-no-record': pointedAt({
    state: 'failed',
    problem: { source: 'extension', code: 'not_a_record' },
  }),
  'prefill-search': {
    ...pointedAt({ state: 'search', query: 'mar' }),
    search_customers: found(CUSTOMERS),
  },
};

const confirmed = (reply: unknown) => ({
  ...panel(mara, { targetAppId: 'shop', reason: 'Cannot see invoice 12', ticket: 'SUP-12' }, 0),
  launch: reply,
});
const session = launch(mara, {});
const ended = (tenant: string, browser: string, result: string) =>
  ok(launch(mara, { state: 'ended', cause: 'agent', verdict: { tenant, browser, result } }));
const withSession = { sessions: [session], launch: session };

/** States that come of something the agent does: what the worker answers, and the button to press. */
export const POPUP_OUTCOMES: Readonly<
  Record<string, { readonly replies: Readonly<Record<string, unknown>>; readonly press: string }>
> = {
  launched: { replies: confirmed(ok(launch(mara, {}))), press: 'Act as customer' },
  'launched-watched': {
    replies: confirmed(ok(launch(mara, { landing: 'watched' }))),
    press: 'Act as customer',
  },
  'launched-hidden': {
    replies: confirmed(ok(launch(mara, { landing: 'hidden', openIn: 'private_window' }))),
    press: 'Act as customer',
  },
  'launched-landed': {
    replies: confirmed(ok(launch(long, { state: 'landed', landing: 'watched' }))),
    press: 'Act as customer',
  },
  'launched-confirmed': {
    replies: confirmed(ok(launch(mara, { state: 'confirmed', landing: 'seen' }))),
    press: 'Act as customer',
  },
  'launched-unconfirmed': {
    replies: confirmed(ok(launch(mara, { state: 'unconfirmed' }))),
    press: 'Act as customer',
  },
  'launch-not-begun': {
    replies: confirmed(problem({ source: 'extension', code: 'another_launch_running' })),
    press: 'Act as customer',
  },
  'panel-incomplete': {
    replies: panel(mara, { targetAppId: 'desk' }, 2),
    press: 'Act as customer',
  },
  ended: {
    replies: { ...signedIn(withSession), end_session: ended('gone', 'signed_out', 'signed_out') },
    press: 'End session',
  },
  'ended-unverified': {
    replies: {
      ...signedIn(withSession),
      end_session: ended('not_in_plan', 'not_seen', 'not_checked'),
    },
    press: 'End session',
  },
  'ended-not-reached': {
    replies: { ...signedIn(withSession), end_session: ended('gone', 'not_reached', 'signed_out') },
    press: 'End session',
  },
  'ended-not': {
    replies: {
      ...signedIn(withSession),
      end_session: ended('still_there', 'still_signed_in', 'still_signed_in'),
    },
    press: 'End session',
  },
  'tab-closed': {
    replies: { ...signedIn({ sessions: [session] }), focus_session: ok({ focused: false }) },
    press: 'Mara Lindqvist',
  },
  'own-app-refused': {
    replies: {
      ...signedIn({}),
      open_as_me: problem({ source: 'extension', code: 'open_as_me_refused' }),
    },
    press: 'Open as me',
  },
};

/** What the worker answers while an agent searches, chooses and launches. */
export const SEARCHABLE = {
  ...confirmed(ok(launch(mara, {}))),
  ...signedIn({}),
  search_customers: found(CUSTOMERS),
};
