/** What a log line may carry: short values that identify, never a token, secret, URL with a token, or customer's data. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Structured log; `event` is a constant in snake_case. */
export type Log = {
  readonly info: (event: string, fields?: LogFields) => void;
  readonly warn: (event: string, fields?: LogFields) => void;
  readonly error: (event: string, fields?: LogFields) => void;
};
