import { CUSTOMERS } from '../people.ts';
import {
  APPS,
  base,
  found,
  launch,
  ok,
  PROFILE,
  problem,
  searching,
  signedIn,
  signedOut,
} from './example-replies.ts';

const [mara, marcus, staff, rightToLeft, markup, long] = CUSTOMERS;
const SECOND = '4f0a9c7e-2b1d-4e5f-8a6b-7c8d9e0f1a2b';
const THIRD = '5f0a9c7e-2b1d-4e5f-8a6b-7c8d9e0f1a2b';

const RECENTS = [
  ...[mara, marcus, markup, long].map((customer, index) => ({
    customerId: customer.id,
    targetAppId: APPS[index % 3]?.id,
    customer,
    gone: false,
    pinned: index < 2,
  })),
  { customerId: staff.id, targetAppId: 'desk', customer: staff, gone: false, pinned: false },
  { customerId: 'auth0|gone', targetAppId: 'shop', gone: true, pinned: false },
];

/** A launch whose tab is open and that nobody saw. */
const unseen = {
  state: 'opened',
  standing: 'not_verified',
  landing: 'unwatched',
  landedBy: undefined,
  sessionEndsAt: undefined,
  request: { reason: 'Cannot see invoice 12' },
};
const PENDING = { tenant: 'pending', browser: 'signed_out', result: 'pending' };
const LEFTOVER = {
  launchId: '3f0a9c7e-2b1d-4e5f-8a6b-7c8d9e0f1a2b',
  targetAppId: 'desk',
  targetAppName: 'Workspace',
  since: '2030-01-01T09:00:00.000Z',
  openIn: 'new_tab',
  openedBySomebodyElse: false,
};

/** The popup before a customer is chosen, as what the worker answers in each state. */
export const HOME_STATES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
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
      launch(mara, {}),
      launch(marcus, {
        id: SECOND,
        targetAppId: 'shop',
        targetAppName: 'Shop',
        organizationName: undefined,
        state: 'confirmed',
        color: 'green',
        openIn: 'private_window',
      }),
      launch(long, {
        id: THIRD,
        state: 'confirmed',
        color: 'purple',
        sessionEndsAt: new Date(Date.now() + 250_000).toISOString(),
      }),
    ],
    recents: RECENTS,
  }),
  'home-not-verified': signedIn({
    sessions: [
      launch(mara, unseen),
      launch(marcus, {
        ...unseen,
        id: SECOND,
        state: 'unconfirmed',
        targetAppId: 'shop',
        targetAppName: 'Shop',
        color: 'green',
      }),
    ],
    recents: RECENTS,
  }),
  'home-not-verified-other': signedIn({
    sessions: [
      launch(mara, { ...unseen, state: 'interrupted' }),
      launch(rightToLeft, { ...unseen, id: SECOND, ambiguous: true, state: 'unconfirmed' }),
      launch(long, { ...unseen, id: THIRD, state: 'not_landed', tab: 'closed' }),
    ],
  }),
  'home-session-found': signedIn({
    sessions: [
      launch(mara, { ...unseen, state: 'interrupted', tenantSession: 'gone' }),
      launch(long, { ...unseen, id: SECOND, state: 'not_landed', tenantSession: 'still_there' }),
      launch(rightToLeft, { ...unseen, id: THIRD, openIn: undefined, tab: 'unknown' }),
    ],
  }),
  'home-elsewhere': signedIn({
    sessions: [
      launch(mara, {
        openIn: undefined,
        tab: 'unknown',
        landedBy: undefined,
        state: 'confirmed',
        request: { reason: 'Cannot see invoice 12', ticket: 'SUP-12' },
      }),
      launch(marcus, { ...unseen, id: SECOND, openIn: undefined, tab: 'unknown', color: 'pink' }),
    ],
    recents: RECENTS.slice(0, 2),
  }),
  'home-said-and-closed': signedIn({
    sessions: [
      launch(mara, { landedBy: 'agent', state: 'landed', landing: 'hidden', tab: 'unknown' }),
      launch(rightToLeft, { id: SECOND, tab: 'closed', color: 'cyan' }),
      launch(marcus, { id: THIRD, state: 'unconfirmed', color: 'pink' }),
    ],
    recents: RECENTS.slice(0, 2),
  }),
  'home-ending': signedIn({
    sessions: [
      launch(mara, { state: 'ended', standing: 'ending', verdict: PENDING }),
      launch(marcus, { id: SECOND, standing: 'ending', ending: 'app', color: 'green' }),
    ],
  }),
  'home-leftovers': signedIn({
    leftovers: [
      { ...LEFTOVER, customerName: mara.name },
      { ...LEFTOVER, launchId: SECOND, targetAppName: 'Shop', openedBySomebodyElse: true },
    ],
    recents: RECENTS.slice(0, 2),
  }),
  'signed-out-leftovers': {
    get_snapshot: ok({ ...base, profile: undefined, signIn: signedOut, leftovers: [LEFTOVER] }),
  },
  'set-up': signedIn({ setUp: { due: true, declined: false } }),
  'too-short': searching('m'),
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
};
