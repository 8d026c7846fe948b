import { CUSTOMERS } from '../people.ts';
import {
  BACKEND_PROBLEM,
  backend,
  EMPTY,
  launch,
  ok,
  panel,
  problem,
  signedIn,
} from './example-replies.ts';

const [mara, marcus, staff, , markup, long] = CUSTOMERS;
const inShop = { targetAppId: 'shop', targetAppName: 'Shop' };
const shop = { targetAppId: 'shop' };

/** The hash of a company's rules. */
const RULES = '9f2ca81b66d04f0e8d7ab52f3f2f6a1e0c4b3d29a8e7f6c5d4b3a29180f7e6d5';

/** The panel of a customer, as what the worker answers in each state. */
export const PANEL_STATES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
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
  'panel-nothing-needed': panel(mara, shop, 0, { preview: { needs: [] } }),
  'panel-more-needed': panel(mara, shop, 0, {
    preview: { needs: ['reason', 'approval', 'step_up'] },
  }),
  'panel-fresh-sign-in': panel(mara, shop, 0, {
    preview: {
      grant: { mode: 'full', minutes: 30 },
      needs: ['reason', 'step_up'],
      stepUp: { maxAgeSeconds: 300 },
      policies: ['agents', 'fresh'],
      policyHash: RULES,
    },
  }),
  'panel-second-factor': panel(mara, shop, 0, {
    preview: {
      grant: { mode: 'full', minutes: 30 },
      needs: ['reason', 'step_up'],
      stepUp: {
        maxAgeSeconds: 300,
        acrValues: 'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
      },
      policies: ['agents', 'strong'],
      policyHash: RULES,
    },
  }),
  'panel-without-rules': panel(mara, shop, 0, {
    preview: {
      grant: { mode: 'full', minutes: 120 },
      needs: ['reason'],
      policies: ['built-in'],
      policyHash: 'built-in',
    },
  }),
  'panel-granted': panel(mara, shop, 0, {
    preview: {
      grant: { mode: 'full', minutes: 90 },
      needs: ['reason', 'ticket'],
      policies: ['long-needs-ticket', 'third-line'],
      policyHash: RULES,
    },
  }),
  'panel-refused': panel(mara, shop, 0, {
    preview: {
      needs: [],
      refusal: {
        code: 'policy_denied',
        title: 'Your company does not allow this launch',
        detail: 'Support may not act as customers of this region at night.',
        action: 'Ask your supervisor; the request id leads to the rule.',
        requestId: '0b6f0f2e-6a52-4f0e-9a0e-2f4c1d2e3f40',
      },
      policies: ['europe-hours'],
      policyHash: RULES,
    },
  }),
  'panel-replacing': {
    ...panel(mara, { ...shop, openIn: 'private_window' }, 0, {
      inTheWay: [launch(marcus, { ...inShop, openIn: 'private_window' })],
    }),
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
    ...panel(mara, { ...shop, openIn: 'new_tab' }, 0, { inTheWay: [launch(marcus, inShop)] }),
    get_session_tabs: ok({ titles: [''], complete: false }),
  },
  'panel-replacing-unverified': {
    ...panel(mara, { ...shop, openIn: 'new_tab' }, 0, {
      inTheWay: [launch(marcus, { ...inShop, state: 'opened', standing: 'not_verified' })],
    }),
    get_session_tabs: ok({ titles: ['Sign in'], complete: true }),
  },
  'panel-second-app': {
    ...panel(mara, { ...shop, openIn: 'new_tab' }, 0, { inTheWay: [launch(mara, {})] }),
    get_session_tabs: ok({ titles: ['Workspace', 'Workspace'], complete: true }),
  },
  'panel-same-app': panel(mara, shop, 0, {
    inTheWay: [launch(mara, inShop)],
    sameApp: launch(mara, inShop),
  }),
  'panel-own-session': panel(mara, shop, 0, { ownSession: true }),
  'panel-managed-place': panel(
    mara,
    { ...shop, reason: 'The invoice is missing', ticket: 'SUP-1' },
    0,
    {},
    { managed: { openIn: 'private_window', wrong: [] } },
  ),
  'panel-own-domain': panel(
    mara,
    { ...shop, reason: 'The invoice is missing', ticket: 'SUP-1' },
    0,
    {},
    { backend: { ...backend, issuer: 'https://login.example.com/' } },
  ),
};
