import { message } from '../../../messages/texts/text.ts';

const MINUTES_PER_HOUR = 60;

/** Writes a number of minutes as hours and minutes. */
export const duration = (minutes: number): string => {
  const hours = String(Math.floor(minutes / MINUTES_PER_HOUR));
  const rest = minutes % MINUTES_PER_HOUR;
  if (minutes < MINUTES_PER_HOUR) {
    return message('durationMinutes', [String(minutes)]);
  }
  return rest === 0
    ? message('durationHours', [hours])
    : message('durationHoursMinutes', [hours, String(rest)]);
};
