import type { BannerExample, BannerLook } from './banner-page.ts';

/** An ordinary session. */
export const ACTING: BannerExample = {
  customerName: 'Nora Lindqvist',
  agentName: 'Ada Agent',
  targetAppName: 'Desk',
  organizationName: 'Globex',
  reason: 'Cannot see the invoice',
  minutesLeft: 118,
};
/** Names and a reason as long as nobody expects them. */
export const LONG: BannerExample = {
  ...ACTING,
  customerName: `Maximilian${' von und zu Hohenstein'.repeat(5)}`,
  agentName: `Wolfeschlegelsteinhausen${' Bergerdorff'.repeat(5)}`,
  organizationName: 'International Consolidated Widgets & Gizmos (Holdings) Ltd.',
  reason:
    'The customer called about an invoice from last March that was sent to an old address. '.repeat(
      4,
    ),
};

/** A state of the banner, and how the page with it is looked at. */
export type BannerState = {
  readonly name: string;
  readonly shown?: BannerExample;
  readonly look?: BannerLook;
  readonly folded?: true;
};

/** Every state of the banner of an open session: tests check each, and the gallery shows each. */
export const BANNER_STATES: readonly BannerState[] = [
  { name: 'light' },
  { name: 'dark', look: { colorScheme: 'dark' } },
  { name: 'folded', folded: true },
  { name: 'folded-dark', look: { colorScheme: 'dark' }, folded: true },
  { name: 'late', shown: { ...ACTING, minutesLeft: 4 } },
  { name: 'late-dark', shown: { ...ACTING, minutesLeft: 4 }, look: { colorScheme: 'dark' } },
  { name: 'over', shown: { ...ACTING, minutesLeft: -1 } },
  { name: 'whole-hours', shown: { ...ACTING, minutesLeft: 120.5 } },
  { name: 'narrow', look: { width: 360 } },
  { name: 'narrow-late-long', shown: { ...LONG, minutesLeft: 1 }, look: { width: 360 } },
  { name: 'narrow-folded', shown: LONG, look: { width: 360 }, folded: true },
  { name: 'tablet', shown: LONG, look: { width: 600 } },
  { name: 'long', shown: LONG },
  {
    name: 'right-to-left',
    shown: { ...ACTING, customerName: 'مريم الحسيني', reason: 'الفاتورة لا تظهر (#10482)' },
  },
  { name: 'forced-colors', look: { forcedColors: 'active' } },
  {
    name: 'forced-colors-dark-late',
    shown: { ...ACTING, minutesLeft: 4 },
    look: { forcedColors: 'active', colorScheme: 'dark' },
  },
  {
    name: 'short',
    shown: { customerName: 'Mara', agentName: 'Ada', targetAppName: 'Shop', minutesLeft: 59 },
  },
];

/** What the banner says of a session that ended, by how far that was checked. */
export const BANNER_RESULTS = [
  ['signed_out', 'Session ended. Signed out:'],
  ['not_checked', 'Session ended. Nobody could check whether this browser is signed out:'],
  ['still_signed_in', 'This browser is still signed in as'],
  ['pending', 'Session ended. Still checking with Auth0:'],
] as const;
