import type { MinuteAlarm } from '../browser/minute-alarm.ts';
import type { Toolbar } from '../browser/toolbar.ts';
import { displayText } from '../messages/display-text.ts';
import { message } from '../messages/text.ts';
import type { EndSession } from './end-session.ts';
import { hasSession, isActive, type LaunchRecord } from './launch-record.ts';
import type { LaunchStore } from './launch-store.ts';
import { createSerial } from './serial.ts';

type Dependencies = {
  readonly store: Pick<LaunchStore, 'all' | 'change'>;
  readonly toolbar: Toolbar;
  readonly alarm: Pick<MinuteAlarm, 'start' | 'stop'>;
  readonly endSession: EndSession;
  readonly now: () => number;
};

const MINUTE = 60_000;
const WARNING_MINUTES = 5;
/** Amber is for acting, as in the palette; the last minutes are red. */
const ACTING = { background: '#f6a609', ink: '#201500' };
const WARNING = { background: '#a8200d', ink: '#ffffff' };

const endOf = ({ sessionEndsAt }: LaunchRecord): number =>
  sessionEndsAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(sessionEndsAt);

/** What the icon shows: the minutes of the session that ends first, and whose sessions there are. */
const badgeOf = (sessions: readonly LaunchRecord[], now: number) => {
  const minutes = Math.ceil((Math.min(...sessions.map(endOf)) - now) / MINUTE);
  const names = sessions.map(({ customerName }) => displayText(customerName)).join(', ');
  return {
    text: Number.isFinite(minutes) ? String(minutes) : '•',
    title: message('actingTitle', [names]),
    ...(minutes <= WARNING_MINUTES ? WARNING : ACTING),
  };
};

/**
 * Makes the function that brings the toolbar's badge up to date, and ends what two hours have ended. The
 * badge is the authority on whether the agent acts as somebody: no page can touch it.
 */
export const createSessionClock = (dependencies: Dependencies): (() => Promise<void>) => {
  const { store, toolbar, alarm, now } = dependencies;
  const serial = createSerial();

  const expire = async (): Promise<void> => {
    for (const record of await store.all()) {
      if (!hasSession(record) || isActive(record, now()) || record.ending) continue;
      void dependencies.endSession(record.id, 'expired');
    }
  };

  return () =>
    serial(async () => {
      await expire();
      const active = (await store.all()).filter((record) => isActive(record, now()));
      if (active.length === 0) await Promise.all([toolbar.clear(), alarm.stop()]);
      else await Promise.all([toolbar.show(badgeOf(active, now())), alarm.start()]);
    });
};
