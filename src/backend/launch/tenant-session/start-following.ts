import { type LogFollower, SEARCH_MILLISECONDS } from './follow-log.ts';

/** A follower at work. */
export type Following = {
  /** Looks as soon as the tenant may be asked again. */
  readonly lookSoon: () => void;
  /** Resolves when the look under way is over and the duty is another process's; there is no look after it. */
  readonly stop: () => Promise<void>;
};

/** Has a follower look again and again, never twice within a second. */
export const startFollowing = (
  { look, release }: LogFollower,
  delay: (milliseconds: number) => Promise<void>,
): Following => {
  const stopped = Promise.withResolvers<void>();
  let isStopped = false;
  let wake = Promise.withResolvers<void>();
  const run = async (): Promise<void> => {
    while (!isStopped) {
      const wait = await look();
      await Promise.race([delay(SEARCH_MILLISECONDS), stopped.promise]);
      await Promise.race([delay(wait - SEARCH_MILLISECONDS), wake.promise, stopped.promise]);
      wake = Promise.withResolvers<void>();
    }
  };
  const over = run();
  return {
    lookSoon: () => wake.resolve(),
    stop: async () => {
      isStopped = true;
      stopped.resolve();
      await over;
      await release();
    },
  };
};
