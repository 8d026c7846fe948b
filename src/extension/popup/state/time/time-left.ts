import { message } from '../../../messages/texts/text.ts';

const MINUTE = 60_000;
const MINUTES_PER_HOUR = 60;

/** Says how much of a session is left, in whole minutes, rounded down. Times in milliseconds. */
export const timeLeft = (endsAt: number, now: number): string => {
  if (endsAt <= now) {
    return message('timeOver');
  }
  const minutes = Math.max(1, Math.floor((endsAt - now) / MINUTE));
  if (minutes < MINUTES_PER_HOUR) {
    return message('minutesLeft', [String(minutes)]);
  }
  const hours = String(Math.floor(minutes / MINUTES_PER_HOUR));
  const rest = minutes % MINUTES_PER_HOUR;
  return rest === 0
    ? message('wholeHoursLeft', [hours])
    : message('hoursLeft', [hours, String(rest)]);
};
