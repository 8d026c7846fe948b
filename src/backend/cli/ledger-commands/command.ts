/** The options of the ledger's commands, as given. */
export type Options = {
  readonly folder?: string;
  readonly 'from-folder'?: string;
  readonly file?: string;
  readonly head?: string;
  readonly checkpoint?: string;
  readonly key?: string;
  readonly name?: string;
  readonly state?: string;
  readonly backend?: string;
  readonly customer?: string;
  readonly agent?: string;
  readonly since?: string;
  readonly before?: string;
  readonly confirm?: string;
  readonly out?: string;
  readonly 'with-agents'?: boolean;
  readonly 'database-url'?: string;
  readonly ca?: string;
  readonly writer?: string;
  readonly eraser?: string;
  readonly reader?: string;
};

/** Runs a command; gives the exit code. Throws a {@link UsageError} when its options are wrong. */
export type Command = (options: Options) => Promise<number>;
