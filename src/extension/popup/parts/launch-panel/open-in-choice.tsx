import { useLayoutEffect, useState } from 'preact/hooks';
import type { TargetApp } from '../../../../contract/target-app.ts';
import { hasContainers, mayUsePrivateWindows } from '../../../browser/permissions.ts';
import { inBackground } from '../../../in-background.ts';
import type { OpenIn } from '../../../messages/launch/launch-status.ts';
import { message, type TextKey } from '../../../messages/texts/text.ts';
import { changeDraft, chosenOpenIn, draft, sharesOwnDomain, snapshot } from '../../state/state.ts';

const LABELS: Readonly<Record<OpenIn, TextKey>> = {
  new_tab: 'inNewTab',
  private_window: 'inPrivateWindow',
  container: 'inContainer',
};

const hintOf = (app: TargetApp | undefined, openIn: OpenIn, mayBePrivate: boolean) => {
  if (openIn === 'private_window' && !mayBePrivate) {
    return 'privateNotAllowed';
  }
  if (snapshot.value?.managed?.openIn !== undefined) {
    return 'openInManaged';
  }
  if (sharesOwnDomain(app)) {
    return 'sharesOwnDomain';
  }
  return openIn === 'container' ? 'containerWhy' : undefined;
};

/** Where to open: each place has sessions of its own. */
export const OpenInChoice = ({ app }: { app: TargetApp | undefined }) => {
  const [mayBePrivate, setMayBePrivate] = useState(true);
  useLayoutEffect(() => {
    inBackground(mayUsePrivateWindows().then(setMayBePrivate), 'looking what is allowed');
  }, []);
  const chosen = chosenOpenIn(draft.value);
  const places: OpenIn[] = ['new_tab'];
  // Where there are containers, no private window opens for an extension that is not allowed there.
  if (mayBePrivate || !hasContainers()) {
    places.push('private_window');
  }
  if (hasContainers()) {
    places.push('container');
  }
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
