import type { TargetAppId } from '../../../contract/ids.ts';
import { type Outcome, refused } from '../../messages/wire/outcome.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';
import type { Launching } from './launching.ts';

type OpenAsMe = (targetAppId: TargetAppId) => Promise<Outcome<object>>;

/**
 * Refuses "Open as me" while a launch is under way, and a launch while "Open as me" is. Each ends what is in its way
 * before it opens its tab, and cannot see the session that the other is about to make: that one would replace it in
 * its tab, or have Auth0 refuse it.
 */
export const oneAtATime = (launching: Launching, openAsMe: OpenAsMe) => {
  let openingAsMe = 0;
  const busy = async () => refused(extensionProblem('another_launch_running'));
  const start: Launching['start'] = (request) =>
    openingAsMe > 0 ? busy() : launching.start(request);
  const open: OpenAsMe = async (targetAppId) => {
    if (launching.isUnderWay()) {
      return busy();
    }
    openingAsMe += 1;
    return openAsMe(targetAppId).finally(() => {
      openingAsMe -= 1;
    });
  };
  return { launching: { ...launching, start }, openAsMe: open };
};
