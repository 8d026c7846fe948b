import { useLayoutEffect, useState } from 'preact/hooks';
import type { TargetApp } from '../../contract/target-app.ts';
import { mayUsePrivateWindows } from '../browser/permissions.ts';
import { displayText } from '../messages/display-text.ts';
import type { LaunchStatus, OpenIn } from '../messages/launch-status.ts';
import { message } from '../messages/text.ts';
import { Notice } from './notice.tsx';
import { appOf, changeDraft, chosenOpenIn, snapshot } from './state.ts';

/** The agent's own session that a launch into this app would run into. */
const sessionInTheWay = (app: TargetApp, openIn: OpenIn): LaunchStatus | undefined =>
  snapshot.value?.sessions.find(
    (session) =>
      session.openIn === openIn && appOf(session.targetAppId)?.loginDomain === app.loginDomain,
  );

/** Says which session of one's own a launch ends. */
export const EarlierSession = ({ app }: { app: TargetApp | undefined }) => {
  const earlier = app && sessionInTheWay(app, chosenOpenIn());
  if (!earlier) return null;
  const { customerName, targetAppName } = earlier;
  return (
    <Notice text={message('endsFirst', [displayText(customerName), displayText(targetAppName)])} />
  );
};

/** Where to open: a private window has a session of its own. */
export const OpenInChoice = () => {
  const [allowed, setAllowed] = useState(true);
  useLayoutEffect(() => {
    void mayUsePrivateWindows().then(setAllowed);
  }, []);
  const isPrivate = chosenOpenIn() === 'private_window';
  const isUnwatched = isPrivate && !allowed;
  return (
    <div class="open-in">
      <label>
        <input
          type="checkbox"
          checked={isPrivate}
          aria-describedby={isUnwatched ? 'private-hint' : undefined}
          onChange={(event) =>
            changeDraft({ openIn: event.currentTarget.checked ? 'private_window' : 'new_tab' })
          }
        />
        {message('openInPrivate')}
      </label>
      {isUnwatched && (
        <p id="private-hint" class="hint">
          {message('privateNotAllowed')}
        </p>
      )}
    </div>
  );
};
