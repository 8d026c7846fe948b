import { useState } from 'preact/hooks';
import type { TargetApp } from '../../../contract/target-app.ts';
import { type Access, requestAccess } from '../../browser/permissions.ts';
import { inBackground } from '../../in-background.ts';
import type { finishSetUp } from '../../messages/set-up/finish-set-up.ts';
import { message } from '../../messages/texts/text.ts';
import { ask } from '../../messages/wire/ask.ts';
import { Picture } from '../parts/set-up-pictures.tsx';
import { ViewHeading } from '../parts/view-heading.tsx';
import { offersFor, type SetUpOffer } from '../state/set-up-offers.ts';
import { snapshot } from '../state/state.ts';

/** Puts the screen away, here and in the worker. What was allowed, the worker learns from the browser. */
const finish = (declined: boolean): void => {
  if (snapshot.value) {
    snapshot.value = { ...snapshot.value, setUp: { due: false, declined } };
  }
  inBackground(ask<typeof finishSetUp>('finish_set_up', { declined }), 'finishing the set-up');
};

/** One question to the browser for all that is chosen. */
const accessOf = (offers: readonly SetUpOffer[]): Access => ({
  permissions: [...new Set(offers.flatMap(({ access }) => access.permissions ?? []))],
  origins: [...new Set(offers.flatMap(({ access }) => access.origins ?? []))],
});

const Offer = ({
  offer: { id, title, why, access },
  isChosen,
  onToggle,
}: {
  offer: SetUpOffer;
  isChosen: boolean;
  onToggle: () => void;
}) => (
  <li class="set-up-offer">
    <label>
      <input
        type="checkbox"
        checked={isChosen}
        aria-describedby={`set-up-${id}`}
        onChange={onToggle}
      />
      <Picture of={id} />
      <span class="set-up-title">{message(title)}</span>
    </label>
    <div id={`set-up-${id}`} class="set-up-why">
      <p>{message(why)}</p>
      {access.origins && (
        <ul class="origins">
          {access.origins.map((origin) => (
            <li key={origin}>{origin}</li>
          ))}
        </ul>
      )}
    </div>
  </li>
);

/** After the first sign-in, once: what each access buys, for which sites, and the way to decline for good. Says so while the apps are not known yet. */
export const SetUpView = ({ apps }: { apps: readonly TargetApp[] | undefined }) => {
  const offers = offersFor(apps ?? []);
  const [declined, setDeclined] = useState<readonly string[]>([]);
  const chosen = offers.filter(({ id }) => !declined.includes(id));
  const toggle = (id: string): void =>
    setDeclined(
      declined.includes(id) ? declined.filter((other) => other !== id) : [...declined, id],
    );
  const allow = (): void => {
    // First of all, in the click itself: the browser takes the question only then.
    if (chosen.length > 0) {
      inBackground(requestAccess(accessOf(chosen)), 'asking for access');
    }
    finish(false);
  };
  if (!apps) {
    return (
      <p class="status" role="status">
        {message('loading')}
      </p>
    );
  }
  return (
    <section class="set-up">
      <ViewHeading>{message('setUpTitle')}</ViewHeading>
      <p>{message('setUpText')}</p>
      <ul>
        {offers.map((offer) => (
          <Offer
            key={offer.id}
            offer={offer}
            isChosen={chosen.includes(offer)}
            onToggle={() => toggle(offer.id)}
          />
        ))}
      </ul>
      <div class="set-up-foot">
        <button type="button" class="button primary" onClick={allow}>
          {message(chosen.length > 0 ? 'setUpAllow' : 'setUpAccept')}
        </button>
        <button type="button" class="button" onClick={() => finish(true)}>
          {message('setUpDecline')}
        </button>
        <p class="hint">{message('setUpLater')}</p>
      </div>
    </section>
  );
};
