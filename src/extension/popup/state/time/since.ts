const DAY = 24 * 60 * 60_000;

/** Says when something began: the time alone if that was today, else with the date. Times in milliseconds. */
export const sinceWhen = (began: number, now: number): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, {
    timeStyle: 'short',
    ...(now - began >= DAY && { dateStyle: 'short' }),
  }).format(began);
