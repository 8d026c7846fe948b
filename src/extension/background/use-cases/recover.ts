import type { LaunchReporter } from '../backend/report-queue.ts';
import { recoverInterruptedLaunches } from '../launch/watching/recover-interrupted.ts';
import type { Launches } from '../launch-state/launches.ts';
import type { createSignInStatus } from '../sign-in/sign-in-status.ts';

type Dependencies = {
  readonly launches: Launches;
  readonly report: LaunchReporter;
  readonly signInStatus: ReturnType<typeof createSignInStatus>;
};

/** Settles what a worker that died left in the middle: a sign-in window that nobody waits for, launches. */
export const recover = async ({ launches, report, signInStatus }: Dependencies): Promise<void> => {
  const status = await signInStatus.read();
  if (status.signingIn) {
    await signInStatus.write({ ...status, signingIn: false });
  }
  await recoverInterruptedLaunches(launches, report);
};
