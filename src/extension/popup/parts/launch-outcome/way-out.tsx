import type { LaunchStatus } from '../../../messages/launch/launch-status.ts';
import { message } from '../../../messages/texts/text.ts';
import { relaunch } from '../../state/launch-panel/launch-draft.ts';
import { placeApart } from '../../state/state.ts';

/** What can be done about somebody who is signed in on the login domain already. */
export const WayOut = ({ launch }: { launch: LaunchStatus }) => {
  const apart = placeApart();
  return (
    <>
      {launch.openIn !== apart && (
        <button
          type="button"
          class="button primary"
          onClick={() => void relaunch(launch, { openIn: apart })}
        >
          {message(apart === 'container' ? 'openInContainer' : 'openInPrivate')}
        </button>
      )}
      <button
        type="button"
        class="button"
        onClick={() => void relaunch(launch, { clearLoginDomain: true })}
      >
        {message('signOutAndContinue')}
      </button>
    </>
  );
};
