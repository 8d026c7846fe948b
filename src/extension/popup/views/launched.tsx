import type { TargetApp } from '../../../contract/target-app.ts';
import type { LaunchStatus } from '../../messages/launch-status.ts';
import { loginDomainOrigin } from '../../messages/login-domain.ts';
import { message } from '../../messages/text.ts';
import { CertaintyLine } from '../parts/certainty.tsx';
import { HistoryOffer } from '../parts/history-offer.tsx';
import { IsolatedText } from '../parts/isolated-text.tsx';
import { LaunchPlace } from '../parts/launch-summary.tsx';
import { Offer } from '../parts/offer.tsx';
import { ViewHeading } from '../parts/view-heading.tsx';
import { dismiss, end } from '../state/launch-action.ts';
import { appOf, clock } from '../state/state.ts';
import { timeLeft } from '../state/time-left.ts';

/** The app's own pages, and the login domain's: there a login that got stuck is seen. */
const watchedOrigins = (app: TargetApp): readonly string[] => [
  ...app.origins,
  loginDomainOrigin(app),
];

/** Offers to look where the tab ended up; the browser asks the agent first. */
const VerifyOffer = ({ app }: { app: TargetApp }) => (
  <Offer
    access={{ origins: watchedOrigins(app) }}
    texts={{
      label: 'letVerify',
      why: 'letVerifyWhy',
      granted: 'letVerifyWhy',
      declined: 'letVerifyDeclined',
    }}
  />
);

/** One thing to allow at a time: where the tab ended up matters more than what it left behind. */
const NextOffer = ({ launch }: { launch: LaunchStatus }) => {
  const app = appOf(launch.targetAppId);
  const isUnseen = launch.landing === 'unwatched' && launch.state === 'opened';
  return app && isUnseen ? <VerifyOffer app={app} /> : <HistoryOffer launch={launch} />;
};

/** The tab is open: who the agent is there now, how sure that is, and the way out. */
export const Launched = ({ launch }: { launch: LaunchStatus }) => (
  <section class="outcome">
    <div class="acting-card">
      <ViewHeading>
        <span class="eyebrow">{message('launchedTitle')}</span>
        <IsolatedText class="acting-name" text={launch.customerName} />
      </ViewHeading>
      <LaunchPlace launch={launch} />
      <CertaintyLine launch={launch} />
      <div class="acting-foot">
        {launch.sessionEndsAt !== undefined && (
          <span class="time-left">{timeLeft(Date.parse(launch.sessionEndsAt), clock.value)}</span>
        )}
        <button type="button" class="button" onClick={() => void end(launch.id)}>
          {message('endSession')}
        </button>
      </div>
    </div>
    <NextOffer launch={launch} />
    <button type="button" class="button primary" onClick={() => void dismiss(launch.id)}>
      {message('anotherCustomer')}
    </button>
  </section>
);
