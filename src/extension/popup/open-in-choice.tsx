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
      (session.openIn ?? 'new_tab') === openIn &&
      appOf(session.targetAppId)?.loginDomain === app.loginDomain,
  );

/** Where to open, and which session of one's own that ends. */
export const OpenInChoice = ({ app }: { app: TargetApp | undefined }) => {
  const [allowed, setAllowed] = useState(true);
  useLayoutEffect(() => {
    void mayUsePrivateWindows().then(setAllowed);
  }, []);
  if (!app) return null;
  const openIn = chosenOpenIn();
  const isPrivate = openIn === 'private_window';
  const earlier = sessionInTheWay(app, openIn);
  return (
    <>
      <div class="open-in">
        <label>
          <input
            type="checkbox"
            checked={isPrivate}
            aria-describedby={isPrivate && !allowed ? 'private-hint' : undefined}
            onChange={(event) =>
              changeDraft({
                openIn: event.currentTarget.checked ? 'private_window' : 'new_tab',
              })
            }
          />
          {message('openInPrivate')}
        </label>
        {isPrivate && !allowed && (
          <p id="private-hint" class="hint">
            {message('privateNotAllowed')}
          </p>
        )}
      </div>
      {earlier && (
        <Notice
          text={message('endsFirst', [
            displayText(earlier.customerName),
            displayText(earlier.targetAppName),
          ])}
        />
      )}
    </>
  );
};
