/** The hour (0 to 23) and the day (1 Monday to 7 Sunday) somewhere. */
export type LocalTime = { readonly localHour: number; readonly weekday: number };

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Whether a time zone is known by this name. @see IANA Time Zone Database */
export const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/**
 * Makes the function that tells the hour and the day in a time zone.
 * @throws {RangeError} when there is no such time zone.
 */
export const localTimeIn = (timeZone: string): ((at: Date) => LocalTime) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    hourCycle: 'h23',
    weekday: 'short',
  });
  return (at) => {
    const parts = format.formatToParts(at);
    const part = (type: 'hour' | 'weekday') =>
      parts.find((candidate) => candidate.type === type)?.value ?? '';
    return { localHour: Number(part('hour')), weekday: WEEKDAYS.indexOf(part('weekday')) + 1 };
  };
};
