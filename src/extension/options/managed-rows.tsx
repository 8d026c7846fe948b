import { message, type TextKey } from '../messages/texts/text.ts';
import type { Managed } from './state.ts';

const PLACES: Readonly<Record<'new_tab' | 'private_window' | 'container', TextKey>> = {
  new_tab: 'inNewTab',
  private_window: 'inPrivateWindow',
  container: 'inContainer',
};
/** Each language in its own words, as whoever speaks it looks for it. */
const LANGUAGES = { de: 'Deutsch', en: 'English' };

const LockIcon = () => (
  <svg class="lock" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
    <path
      d="M5 7V5a3 3 0 0 1 6 0v2m-7 0h8v6H4z"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linejoin="round"
    />
  </svg>
);

/** Says that the company decides a setting. */
export const SetByCompany = () => (
  <span class="locked">
    <LockIcon />
    {message('setByCompany')}
  </span>
);

const Row = ({ name, value }: { name: TextKey; value: string }) => (
  <div>
    <dt>{message(name)}</dt>
    <dd>
      {value} <SetByCompany />
    </dd>
  </div>
);

/** What the company set that agents could not choose here anyway. */
export const ManagedRows = ({ managed }: { managed: NonNullable<Managed> }) => {
  const { openIn, language, offersDeclined } = managed;
  if (openIn === undefined && language === undefined && offersDeclined === undefined) {
    return null;
  }
  return (
    <dl class="values">
      {openIn !== undefined && <Row name="managedOpenIn" value={message(PLACES[openIn])} />}
      {language !== undefined && <Row name="managedLanguage" value={LANGUAGES[language]} />}
      {offersDeclined !== undefined && (
        <Row
          name="managedOffers"
          value={message(offersDeclined ? 'managedOffersOff' : 'managedOffersOn')}
        />
      )}
    </dl>
  );
};

/** Names each value of the policy that is not in force because this version cannot use it. */
export const WrongSettings = ({ managed }: { managed: Managed }) => {
  const wrong = managed?.wrong ?? [];
  if (wrong.length === 0) {
    return null;
  }
  return (
    <section class="card wrong-settings" role="alert">
      <h2>{message('wrongSettingsTitle')}</h2>
      <p>{message('wrongSettingsText')}</p>
      <dl class="values">
        {wrong.map(({ name, value }) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
