import { type FSWatcher, watch } from 'node:fs';
import { inRepository } from './repository.ts';

/** An editor saves several files, or one in several steps: all of it is one change. */
const SETTLE_MILLISECONDS = 100;

/**
 * Calls `work` after files under the paths changed, one call at a time: what changes meanwhile is one more call after
 * it. `onFailure` is told what `work` throws, and watching goes on. Gives what stops it.
 */
export const onChange = (
  paths: readonly string[],
  work: (changed: readonly string[]) => Promise<void>,
  onFailure: (error: unknown) => void,
): (() => void) => {
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let isWorking = false;
  const begin = async (): Promise<void> => {
    if (isWorking) {
      return;
    }
    isWorking = true;
    try {
      while (changed.size > 0) {
        const now = [...changed];
        changed = new Set();
        await work(now);
      }
    } finally {
      isWorking = false;
    }
  };
  const watchers = paths.map(
    (path): FSWatcher =>
      watch(inRepository(path), { recursive: true }, (_event, file) => {
        changed.add(file === null || file === path ? path : `${path}/${file}`);
        clearTimeout(timer);
        timer = setTimeout(() => {
          begin().catch(onFailure);
        }, SETTLE_MILLISECONDS);
      }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) {
      watcher.close();
    }
  };
};
