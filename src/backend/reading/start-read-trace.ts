import { createReadTrace, type ReadTrace, type ReadTraceOptions } from './read-trace.ts';

/** Between two writes of the counts, in milliseconds: what was read is written within a second. */
const WRITE_MILLISECONDS = 500;
/** Between two looks for hours that are over, in milliseconds. */
const CLOSE_MILLISECONDS = 60_000;

/** A trace that is kept up to date. */
export type RunningReadTrace = Pick<ReadTrace, 'reading'> & {
  /** Writes the last counts. The hour under way is closed by the next process. */
  readonly stop: () => Promise<void>;
};

/** Keeps a trace of what is read: writes its counts twice a second, and closes the hours that are over. */
export const startReadTrace = (options: ReadTraceOptions): RunningReadTrace => {
  const { reading, write, close } = createReadTrace(options);
  const logFailure = (error: unknown): void => {
    options.log.error('reads_not_closed', {
      cause: error instanceof Error ? error.name : 'unknown',
    });
  };
  const closeHours = (): void => {
    close().catch(logFailure);
  };
  closeHours();
  const writing = setInterval(() => {
    write().catch(logFailure);
  }, WRITE_MILLISECONDS).unref();
  const closing = setInterval(closeHours, CLOSE_MILLISECONDS).unref();
  return {
    reading,
    stop: async () => {
      clearInterval(writing);
      clearInterval(closing);
      await write();
    },
  };
};
