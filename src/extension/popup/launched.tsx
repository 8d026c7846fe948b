import { useState } from 'preact/hooks';
import { requestHostPermission } from '../browser/permissions.ts';
import type { LaunchStatus } from '../messages/launch-status.ts';
import { message } from '../messages/text.ts';
import { IsolatedText } from './isolated-text.tsx';
import { dismiss, end } from './launch-action.ts';
import { LaunchPlace } from './launch-subject.tsx';
import { clock, snapshot } from './state.ts';
import { timeLeft } from './time-left.ts';
import { ViewHeading } from './view-heading.tsx';

const certainty = (launch: LaunchStatus): string => {
  if (launch.state === 'confirmed') return message('confirmed');
  if (launch.state === 'landed') return message('landed');
  return message(launch.landing === 'watched' ? 'openedWatching' : 'openedUnverified');
};

/** Offers to look where the tab ended up; the browser asks the agent first. */
const VerifyOffer = ({ launch }: { launch: LaunchStatus }) => {
  const [declined, setDeclined] = useState(false);
  const app = snapshot.value?.profile?.targetApps.find(({ id }) => id === launch.targetAppId);
  if (!app || launch.landing === 'watched' || launch.state !== 'opened') return null;
  return (
    <div class="offer">
      <button
        type="button"
        class="button small"
        onClick={() => {
          void requestHostPermission(app.origins).then((granted) => setDeclined(!granted));
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
      <p role="status">{certainty(launch)}</p>
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
