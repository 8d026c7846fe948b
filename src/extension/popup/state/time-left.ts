import { message } from '../../messages/text.ts';

const MINUTE = 60_000;

/** Says how much of a session is left, in whole minutes, rounded down. Times in milliseconds. */
export const timeLeft = (endsAt: number, now: number): string => {
  const minutes = Math.floor((endsAt - now) / MINUTE);
  if (endsAt <= now) return message('timeOver');
  if (minutes < 60) return message('minutesLeft', [String(Math.max(1, minutes))]);
  return message('hoursLeft', [String(Math.floor(minutes / 60)), String(minutes % 60)]);
};
