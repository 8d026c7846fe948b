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
  readonly 'database-url'?: string;
  readonly ca?: string;
  readonly writer?: string;
  readonly eraser?: string;
  readonly reader?: string;
};

/** Runs a command; gives the exit code. Throws a {@link UsageError} when its options are wrong. */
export type Command = (options: Options) => Promise<number>;
