import type { LaunchStatus } from '../../../messages/launch/launch-status.ts';
import { message } from '../../../messages/texts/text.ts';
import { revise } from '../../state/launch-panel/change-launch.ts';
import { relaunch } from '../../state/launch-panel/launch-draft.ts';

/** Launches again, where that can work as it is, or with something changed. Nothing where it is not known what was asked. */
export const TryAgain = ({ launch, canWork }: { launch: LaunchStatus; canWork: boolean }) =>
  launch.request && (
    <>
      {canWork && (
        <button type="button" class="button primary" onClick={() => void relaunch(launch)}>
          {message('retry')}
        </button>
      )}
      <button type="button" class="button" onClick={() => void revise(launch)}>
        {message('changeLaunch')}
      </button>
    </>
  );
