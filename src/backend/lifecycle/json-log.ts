import type { Clock } from '../ports/clock.ts';
import type { Log, LogFields } from '../ports/log.ts';

/** Writes one JSON object a line. */
export const createJsonLog = (write: (line: string) => void, clock: Clock): Log => {
  const at =
    (level: string) =>
    (event: string, fields: LogFields = {}): void =>
      write(`${JSON.stringify({ time: clock().toISOString(), level, event, ...fields })}\n`);
  return { info: at('info'), warn: at('warn'), error: at('error') };
};
