import type { LaunchStatus } from '../../messages/launch-status.ts';
import { message } from '../../messages/text.ts';
import { CookieOffer } from '../parts/cookie-offer.tsx';
import { DiagnosisCard } from '../parts/diagnosis-card.tsx';
import { LaunchSummary } from '../parts/launch-summary.tsx';
import { WayOut } from '../parts/way-out.tsx';
import { dismiss, relaunch, revise } from '../state/launch-action.ts';
import { canLandOnRetry } from '../state/retry.ts';
import { appOf } from '../state/state.ts';

/** Offers to see an existing session before a token is asked for, where it was seen only after. */
const SeeItComing = ({ launch }: { launch: LaunchStatus }) => {
  const app = appOf(launch.targetAppId);
  return app && launch.diagnosis?.cause === 'existing_session' ? (
    <CookieOffer app={app} why="seeItComing" />
  ) : null;
};

/** The tab opened but the app did not: why, and to try it again. */
export const NotLanded = ({ launch }: { launch: LaunchStatus }) => (
  <section class="outcome">
    <LaunchSummary launch={launch} />
    <DiagnosisCard diagnosis={launch.diagnosis} />
    <div class="buttons">
      {launch.diagnosis?.cause === 'existing_session' && <WayOut launch={launch} />}
      {launch.request && launch.diagnosis && canLandOnRetry(launch.diagnosis) && (
        <button type="button" class="button primary" onClick={() => void relaunch(launch)}>
          {message('retry')}
        </button>
      )}
      {launch.request && (
        <button type="button" class="button" onClick={() => void revise(launch)}>
          {message('changeLaunch')}
        </button>
      )}
      <button type="button" class="button" onClick={() => void dismiss(launch.id)}>
        {message('back')}
      </button>
    </div>
    <SeeItComing launch={launch} />
  </section>
);
