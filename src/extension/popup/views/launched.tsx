import type { LaunchStatus } from '../../messages/launch/launch-status.ts';
import { message } from '../../messages/texts/text.ts';
import { IsolatedText } from '../parts/isolated-text.tsx';
import { LaunchPlace } from '../parts/launch-outcome/launch-summary.tsx';
import { CertaintyLine } from '../parts/sessions/certainty.tsx';
import { NotVerifiedBody } from '../parts/sessions/not-verified.tsx';
import { EndButton, TabButton } from '../parts/sessions/session-actions.tsx';
import { ViewHeading } from '../parts/view-heading.tsx';
import { dismiss } from '../state/launch/launch-action.ts';
import { clock } from '../state/state.ts';
import { timeLeft } from '../state/time/time-left.ts';

/** Somebody saw the customer in the app: who the agent is there, how sure that is, and the way out. */
const Acting = ({ launch }: { launch: LaunchStatus }) => (
  <div class={launch.landedBy === 'agent' ? 'acting-card said' : 'acting-card'}>
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
      <span class="buttons">
        <TabButton session={launch} />
        <EndButton session={launch} />
      </span>
    </div>
  </div>
);

/** A tab is open, and nobody saw who is in it: what is known, and what the agent can do about it. */
const Unseen = ({ launch }: { launch: LaunchStatus }) => (
  <div class="unseen-card">
    <ViewHeading>
      <span class="eyebrow">{message('notVerifiedTitle')}</span>
      <IsolatedText class="acting-name" text={launch.customerName} />
    </ViewHeading>
    <LaunchPlace launch={launch} />
    <NotVerifiedBody session={launch} />
  </div>
);

/** The tab is open: what is known of who the agent is there. */
export const Launched = ({ launch }: { launch: LaunchStatus }) => (
  <section class="outcome">
    {launch.standing === 'acting' ? <Acting launch={launch} /> : <Unseen launch={launch} />}
    <button type="button" class="button primary" onClick={() => void dismiss(launch.id)}>
      {message('anotherCustomer')}
    </button>
  </section>
);
