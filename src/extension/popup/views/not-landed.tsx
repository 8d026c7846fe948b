import type { LaunchStatus } from '../../messages/launch/launch-status.ts';
import { message } from '../../messages/texts/text.ts';
import { DiagnosisCard } from '../parts/launch-outcome/diagnosis-card.tsx';
import { LaunchSummary } from '../parts/launch-outcome/launch-summary.tsx';
import { TryAgain } from '../parts/launch-outcome/try-again.tsx';
import { WayOut } from '../parts/launch-outcome/way-out.tsx';
import { canLandOnRetry } from '../state/launch/landing-retry.ts';
import { dismiss } from '../state/launch/launch-action.ts';

/** The tab opened but the app did not: why, and to try it again. */
export const NotLanded = ({ launch }: { launch: LaunchStatus }) => (
  <section class="outcome">
    <LaunchSummary launch={launch} />
    <DiagnosisCard diagnosis={launch.diagnosis} />
    <div class="buttons">
      {launch.diagnosis?.cause === 'existing_session' && <WayOut launch={launch} />}
      <TryAgain
        launch={launch}
        canWork={launch.diagnosis !== undefined && canLandOnRetry(launch.diagnosis)}
      />
      <button type="button" class="button" onClick={() => void dismiss(launch.id)}>
        {message('back')}
      </button>
    </div>
  </section>
);
