import type { LaunchId } from '../../../contract/ids.ts';
import type { LaunchRequestMessage } from '../../messages/launch/launch.ts';
import type { LaunchStatus } from '../../messages/launch/launch-status.ts';
import type { Outcome } from '../../messages/wire/outcome.ts';

/** Starts launches, one at a time. */
export type Launching = {
  /**
   * Starts a launch once, however often it is asked for. A launch that began is answered with what became
   * of it; a problem means that none began. One that the company's rules want a fresher sign-in for goes on by itself
   * after that, under another id where the backend has refused the first.
   */
  readonly start: (request: LaunchRequestMessage) => Promise<Outcome<LaunchStatus>>;
  /** Tells whether a launch has begun whose tab is not open yet. */
  readonly isUnderWay: () => boolean;
  /** Stops a launch whose tab is not open yet. A token that still arrives is thrown away. */
  readonly cancel: (id: LaunchId) => Promise<Outcome<LaunchStatus>>;
  /** Cancels the launch that is under way; one whose tab is being opened can be ended when this settles. */
  readonly stop: () => Promise<void>;
};
