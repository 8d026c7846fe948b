import { useLayoutEffect, useState } from 'preact/hooks';
import type { TargetApp } from '../../contract/target-app.ts';
import { hasContainers, mayUsePrivateWindows } from '../browser/permissions.ts';
import { displayText } from '../messages/display-text.ts';
import type { LaunchStatus, OpenIn } from '../messages/launch-status.ts';
import { message, type TextKey } from '../messages/text.ts';
import { Notice } from './notice.tsx';
import { appOf, changeDraft, chosenOpenIn, sharesOwnDomain, snapshot } from './state.ts';

/** The agent's own session that a launch into this app would run into; a container is always new. */
const sessionInTheWay = (app: TargetApp, openIn: OpenIn): LaunchStatus | undefined =>
  snapshot.value?.sessions.find(
    (session) =>
      openIn !== 'container' &&
      session.openIn === openIn &&
      appOf(session.targetAppId)?.loginDomain === app.loginDomain,
  );

/** Says which session of one's own a launch ends. */
export const EarlierSession = ({ app }: { app: TargetApp | undefined }) => {
  const openIn = chosenOpenIn();
  const earlier = app && sessionInTheWay(app, openIn);
  if (!earlier) return null;
  const names = [displayText(earlier.customerName), displayText(earlier.targetAppName)];
  return (
    <Notice text={message(openIn === 'private_window' ? 'endsFirstPrivate' : 'endsFirst', names)} />
  );
};

const LABELS: Readonly<Record<OpenIn, TextKey>> = {
  new_tab: 'inNewTab',
  private_window: 'inPrivateWindow',
  container: 'inContainer',
};

const hintOf = (app: TargetApp | undefined, openIn: OpenIn, mayBePrivate: boolean) => {
  if (openIn === 'private_window' && !mayBePrivate) return 'privateNotAllowed';
  if (sharesOwnDomain(app)) return 'sharesOwnDomain';
  return openIn === 'container' ? 'containerWhy' : undefined;
};

/** Where to open: each place has sessions of its own. */
export const OpenInChoice = ({ app }: { app: TargetApp | undefined }) => {
  const [mayBePrivate, setMayBePrivate] = useState(true);
  useLayoutEffect(() => {
    void mayUsePrivateWindows().then(setMayBePrivate);
  }, []);
  const chosen = chosenOpenIn();
  const places: OpenIn[] = ['new_tab', 'private_window'];
  if (hasContainers()) places.push('container');
  const hint = hintOf(app, chosen, mayBePrivate);
  return (
    <div
      class="group"
      role="radiogroup"
      aria-labelledby="open-in"
      aria-describedby={hint && 'open-in-hint'}
    >
      <span id="open-in" class="legend">
        {message('openIn')}
      </span>
      <div class="segments">
        {places.map((place) => (
          <label key={place} class="segment">
            <input
              type="radio"
              name="open-in"
              checked={place === chosen}
              onChange={() => changeDraft({ openIn: place })}
            />
            {message(LABELS[place])}
          </label>
        ))}
      </div>
      {hint && (
        <p id="open-in-hint" class="hint">
          {message(hint)}
        </p>
      )}
    </div>
  );
};
