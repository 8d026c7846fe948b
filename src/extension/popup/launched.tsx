import { useState } from 'preact/hooks';
import type { TargetApp } from '../../contract/target-app.ts';
import { requestAccess } from '../browser/permissions.ts';
import type { LaunchStatus } from '../messages/launch-status.ts';
import { loginDomainOrigin } from '../messages/login-domain.ts';
import { message } from '../messages/text.ts';
import { CertaintyLine } from './certainty.tsx';
import { IsolatedText } from './isolated-text.tsx';
import { dismiss, end } from './launch-action.ts';
import { LaunchPlace } from './launch-subject.tsx';
import { appOf, clock } from './state.ts';
import { timeLeft } from './time-left.ts';
import { ViewHeading } from './view-heading.tsx';

/** The app's own pages, and the login domain's: there a login that got stuck is seen. */
const watchedOrigins = (app: TargetApp): readonly string[] => [
  ...app.origins,
  loginDomainOrigin(app),
];

/** Offers to look where the tab ended up; the browser asks the agent first. */
const VerifyOffer = ({ launch }: { launch: LaunchStatus }) => {
  const [declined, setDeclined] = useState(false);
  const app = appOf(launch.targetAppId);
  if (!app || launch.landing !== 'unwatched' || launch.state !== 'opened') return null;
  return (
    <div class="offer">
      <button
        type="button"
        class="button small"
        onClick={() => {
          void requestAccess({ origins: watchedOrigins(app) }).then((granted) =>
            setDeclined(!granted),
          );
        }}
      >
        {message('letVerify')}
      </button>
      <p class="hint" role="status">
        {message(declined ? 'letVerifyDeclined' : 'letVerifyWhy')}
      </p>
    </div>
  );
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
    <VerifyOffer launch={launch} />
    <button type="button" class="button primary" onClick={() => void dismiss(launch.id)}>
      {message('anotherCustomer')}
    </button>
  </section>
);
