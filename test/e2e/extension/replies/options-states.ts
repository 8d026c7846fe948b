const INSTALLATION = {
  ok: true,
  value: {
    extensionId: 'japaafnbibnohbeomeojlkkoeiinbkap',
    origin: 'chrome-extension://japaafnbibnohbeomeojlkkoeiinbkap',
    signInUrl: 'https://japaafnbibnohbeomeojlkkoeiinbkap.chromiumapp.org/sign-in',
    signOutUrl: 'https://japaafnbibnohbeomeojlkkoeiinbkap.chromiumapp.org/sign-out',
    permissions: ['activeTab', 'contextMenus', 'identity', 'storage'],
  },
};
const SHORTCUTS = {
  ok: true,
  value: {
    shortcuts: [
      { name: '_execute_action', description: '', keys: 'Alt+Shift+U' },
      { name: 'act_on_page', description: 'Act as the customer on this page', keys: '' },
      { name: 'repeat_launch', description: 'Repeat the last launch', keys: 'Alt+Shift+L' },
      { name: 'end_session', description: 'End the session in this tab', keys: '⌥⇧E' },
    ],
  },
};
const BACKEND = {
  origin: 'https://understudy.acme.example',
  issuer: 'https://agents.acme.example/',
};
const APP = {
  id: 'shop',
  name: 'Shop',
  loginUrl: 'https://shop.acme.example/login',
  loginDomain: 'login.acme.example',
  origins: ['https://shop.acme.example'],
  organizationUsage: 'deny',
  ways: ['delegation'],
};
const PROFILE = {
  me: {
    agent: { sub: 'auth0|ada', name: 'Ada Okafor', email: 'ada@acme.example' },
    permissions: ['impersonate:customers'],
    policy: { reason: { required: true, minLength: 5 }, ticket: { required: false } },
    recordPatterns: [],
  },
  targetApps: [APP],
};
const snapshotWith = (backend: object, parts: object = {}) => ({
  ok: true,
  value: {
    backend,
    signIn: { state: 'signed_out', webSessionLeft: false },
    sessions: [],
    leftovers: [],
    setUp: { due: false, declined: false },
    recents: [],
    draft: { query: '', reason: '', ticket: '' },
    places: [],
    ...parts,
  },
});
const refusal = (code: string) => ({ ok: false, problem: { source: 'extension', code } });

/** What the worker answers the options page, with a backend and what saving another one comes to. */
export const withBackend = (backend: object, saved?: unknown) => ({
  get_snapshot: snapshotWith(backend),
  get_installation: INSTALLATION,
  get_shortcuts: SHORTCUTS,
  ...(saved !== undefined && { save_backend: saved }),
});

/** Every state that the options page opens in, as what the worker answers in it. */
export const OPTIONS_STATES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  empty: withBackend({ managed: false }),
  configured: withBackend({ ...BACKEND, managed: false }),
  managed: withBackend({ ...BACKEND, managed: true }),
  'managed-settings': {
    ...withBackend({ ...BACKEND, managed: true }),
    get_snapshot: snapshotWith(
      { ...BACKEND, managed: true },
      {
        profile: PROFILE,
        managed: {
          openIn: 'private_window',
          endWithLastTab: true,
          offersDeclined: true,
          wrong: [],
        },
      },
    ),
  },
  'managed-wrong': {
    ...withBackend({ ...BACKEND, managed: true }),
    get_snapshot: snapshotWith(
      { ...BACKEND, managed: true },
      {
        managed: {
          endWithLastTab: false,
          wrong: [
            { name: 'openIn', value: '"window"' },
            { name: 'offersDecline', value: 'true' },
          ],
        },
      },
    ),
  },
  'signed-in': {
    ...withBackend({ ...BACKEND, managed: false }),
    get_snapshot: snapshotWith({ ...BACKEND, managed: false }, { profile: PROFILE }),
    end_with_last_tab: { ok: true, value: { chosen: true } },
  },
};

/** What can become of saving an address: the worker's answer, and what the page then says. */
export const SAVE_OUTCOMES: Readonly<
  Record<string, { readonly reply: unknown; readonly says: string }>
> = {
  saved: {
    reply: { ok: true, value: BACKEND },
    says: 'Saved. You sign in at agents.acme.example.',
  },
  unreachable: {
    reply: refusal('backend_unreachable'),
    says: 'Check the address for typing errors.',
  },
  'not-understudy': {
    reply: refusal('not_understudy'),
    says: 'There is no Understudy backend here.',
  },
  'foreign-audience': {
    reply: refusal('foreign_audience'),
    says: 'This backend asks for access meant for another one.',
  },
  insecure: { reply: refusal('address_insecure'), says: 'This address is not encrypted.' },
};
