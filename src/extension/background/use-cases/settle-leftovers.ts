import { settleInterruptedLaunches } from '../launch/recover-interrupted.ts';
import type { LaunchReporter } from '../launch/report-to-backend.ts';
import type { LaunchStore } from '../launch-state/launch-store.ts';
import type { createSignInStatus } from '../sign-in/sign-in-status.ts';

type Dependencies = {
  readonly store: LaunchStore;
  readonly report: LaunchReporter;
  readonly signInStatus: ReturnType<typeof createSignInStatus>;
};

/** Deals with what a predecessor left in the middle: a sign-in window that nobody waits for, launches. */
export const settleLeftovers = async ({
  store,
  report,
  signInStatus,
}: Dependencies): Promise<void> => {
  const status = await signInStatus.read();
  if (status.signingIn) await signInStatus.write({ ...status, signingIn: false });
  await settleInterruptedLaunches(store, report);
};
