import type { LaunchActor, PostLoginApi } from './event.ts';
import type { Settings } from './settings.ts';

/** The key in the session's metadata that holds the launch's id; the backend confirms a launch by it. */
export const LAUNCH_METADATA_KEY = 'understudy_launch';

const MINUTE_MILLISECONDS = 60_000;

/** A delegated session cannot be tied to its launch: the actor's `grant` is not one of ours. */
class GrantError extends Error {
  override readonly name = 'GrantError';
}

const minutesOf = (grant: unknown): number => {
  const [, minutes] = /^m=([1-9]\d{0,2})(?:;|$)/.exec(String(grant)) ?? [];
  if (minutes === undefined) {
    throw new GrantError('The grant of this launch cannot be read.');
  }
  return Number(minutes);
};

/**
 * Ties a session that is just being made to its launch, as far as the secrets say that the plan can:
 * writes the launch into the session's metadata, and ends the session after the granted minutes.
 * @throws {GrantError} when the session is to be shortened and the actor does not say to what.
 */
export const markSession = (
  session: PostLoginApi['session'],
  actor: LaunchActor,
  settings: Pick<Settings, 'writesSessionMetadata' | 'setsSessionExpiry'>,
  now: Date,
): void => {
  if (settings.setsSessionExpiry) {
    session.setExpiresAt(now.getTime() + minutesOf(actor.grant) * MINUTE_MILLISECONDS);
  }
  if (settings.writesSessionMetadata) {
    session.setMetadata(LAUNCH_METADATA_KEY, actor.launch);
  }
};
