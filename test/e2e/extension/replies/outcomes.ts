import { CUSTOMERS } from '../people.ts';
import { found, launch, launched, ok, panel, problem, signedIn } from './example-replies.ts';

const [mara, marcus, , , , long] = CUSTOMERS;
const confirmed = (reply: unknown) => ({
  ...panel(mara, { targetAppId: 'shop', reason: 'Cannot see invoice 12', ticket: 'SUP-12' }, 0),
  launch: reply,
});
const unseen = { state: 'opened', standing: 'not_verified', landedBy: undefined };
const noEnd = { ...unseen, sessionEndsAt: undefined };
const session = launch(mara, {});
const verdictOf = (tenant: string, browser: string, result: string) => ({
  tenant,
  browser,
  result,
});
const ended = (verdict: object, cause = 'agent') =>
  ok(launch(mara, { state: 'ended', standing: 'over', cause, verdict }));
const ending = (reply: unknown) => ({
  replies: { ...signedIn({ sessions: [session], launch: session }), end_session: reply },
  press: 'End session',
});
const launching = (reply: unknown) => ({ replies: confirmed(reply), press: 'Act as customer' });
const leftover = {
  launchId: session.id,
  targetAppId: 'shop',
  targetAppName: 'Shop',
  since: '2030-01-01T09:00:00.000Z',
  openIn: 'new_tab',
  openedBySomebodyElse: false,
};

/** States that come of something the agent does: what the worker answers, and the button to press. */
export const POPUP_OUTCOMES: Readonly<
  Record<string, { readonly replies: Readonly<Record<string, unknown>>; readonly press: string }>
> = {
  'launched-unseen': launching(ok(launch(mara, { ...noEnd, landing: 'unwatched' }))),
  'launched-watched': launching(ok(launch(mara, { ...noEnd, landing: 'watched' }))),
  'launched-hidden': launching(
    ok(launch(mara, { ...noEnd, landing: 'hidden', openIn: 'private_window', tab: 'unknown' })),
  ),
  'launched-unconfirmed': launching(ok(launch(mara, { ...noEnd, state: 'unconfirmed' }))),
  'launched-landed': launching(ok(launch(long, { state: 'landed', landing: 'watched' }))),
  'launched-confirmed': launching(ok(launch(mara, { state: 'confirmed' }))),
  'launched-said': launching(ok(launch(mara, { landedBy: 'agent', landing: 'hidden' }))),
  'launch-not-begun': launching(problem({ source: 'extension', code: 'another_launch_running' })),
  'panel-incomplete': {
    replies: panel(mara, { targetAppId: 'desk' }, 2),
    press: 'Act as customer',
  },
  'panel-ticket-form': {
    replies: panel(mara, { targetAppId: 'shop', reason: 'Cannot see invoice', ticket: '12' }, 0),
    press: 'Act as customer',
  },
  ended: ending(ended(verdictOf('gone', 'signed_out', 'signed_out'))),
  'ended-in-browser': ending(ended(verdictOf('not_in_plan', 'signed_out', 'signed_out'))),
  'ended-unverified': ending(ended(verdictOf('not_in_plan', 'not_seen', 'not_checked'))),
  'ended-not-reached': ending(ended(verdictOf('unknown', 'not_reached', 'not_checked'))),
  'ended-nothing-left': ending(ended(verdictOf('gone', 'nothing_left', 'signed_out'))),
  'ended-pending': ending(ended(verdictOf('pending', 'signed_out', 'pending'))),
  'ended-not': ending(ended(verdictOf('still_there', 'still_signed_in', 'still_signed_in'))),
  'ended-revoked': ending(ended(verdictOf('gone', 'signed_out', 'signed_out'), 'revoked')),
  'tab-closed': {
    replies: { ...signedIn({ sessions: [session] }), focus_session: ok({ focused: false }) },
    press: 'Mara Lindqvist',
  },
  'said-it-worked': {
    replies: {
      ...signedIn({ sessions: [launch(mara, { ...noEnd, request: {} })] }),
      confirm_landed: ok(launch(mara, { landedBy: 'agent' })),
    },
    press: 'It worked',
  },
  'leftover-signed-out': {
    replies: {
      ...signedIn({ leftovers: [leftover] }),
      sign_out_leftover: ok({ verdict: verdictOf('unreachable', 'signed_out', 'signed_out') }),
    },
    press: 'Sign out of Shop',
  },
  'set-up-declined': {
    replies: { ...signedIn({ setUp: { due: true, declined: false } }), finish_set_up: ok({}) },
    press: 'No, don’t ask again',
  },
  'launch-cancelled': {
    replies: {
      ...launched({ state: 'requested', standing: 'launching', step: 'backend' }),
      cancel_launch: ok(launch(mara, { state: 'failed', standing: 'over' })),
      get_customer: panel(mara, {}, 1).get_customer,
    },
    press: 'Cancel',
  },
  'own-app-refused': {
    replies: {
      ...signedIn({ sessions: [launch(marcus, {})] }),
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
