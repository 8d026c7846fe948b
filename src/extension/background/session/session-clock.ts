import type { MinuteAlarm } from '../../browser/minute-alarm.ts';
import type { TabColor } from '../../browser/tab-color.ts';
import type { Toolbar } from '../../browser/toolbar.ts';
import { displayText } from '../../messages/display-text.ts';
import { message } from '../../messages/text.ts';
import { hasSession, isActive, type LaunchRecord } from '../launch-state/launch-record.ts';
import type { LaunchStore } from '../launch-state/launch-store.ts';
import { createSerial } from '../storage/serial.ts';
import { BADGE_COLORS } from './app-color.ts';
import type { EndSession } from './end-session.ts';

type Dependencies = {
  readonly store: Pick<LaunchStore, 'all' | 'change'>;
  readonly toolbar: Toolbar;
  readonly alarm: Pick<MinuteAlarm, 'start' | 'stop'>;
  readonly endSession: EndSession;
  readonly colorOf: (app: string) => Promise<TabColor>;
  readonly now: () => number;
};

const MINUTE = 60_000;
const WARNING_MINUTES = 5;
/** The last minutes are red, whichever app it is. */
const WARNING = '#a8200d';

const endOf = ({ sessionEndsAt }: LaunchRecord): number =>
  sessionEndsAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(sessionEndsAt);

/**
 * Makes the function that brings the toolbar's badge up to date, and ends what two hours have ended. The
 * badge is the authority on whether the agent acts as somebody: no page can touch it.
 */
export const createSessionClock = (dependencies: Dependencies): (() => Promise<void>) => {
  const { store, toolbar, alarm, now } = dependencies;
  const serial = createSerial();

  /** What the icon shows: the minutes and the app of the session that ends first, and whose sessions there are. */
  const badgeOf = async (sessions: readonly LaunchRecord[], next: LaunchRecord) => {
    const minutes = Math.ceil((endOf(next) - now()) / MINUTE);
    const names = sessions.map(({ customerName }) => displayText(customerName)).join(', ');
    return {
      text: Number.isFinite(minutes) ? String(minutes) : '•',
      title: message('actingTitle', [names]),
      background:
        minutes <= WARNING_MINUTES
          ? WARNING
          : BADGE_COLORS[await dependencies.colorOf(next.targetAppId)],
    };
  };

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
      const [next] = active.toSorted((one, other) => endOf(one) - endOf(other));
      if (next) await Promise.all([toolbar.show(await badgeOf(active, next)), alarm.start()]);
      else await Promise.all([toolbar.clear(), alarm.stop()]);
    });
};
