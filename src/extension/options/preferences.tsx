import { useEffect, useState } from 'preact/hooks';
import type { endWithLastTab } from '../messages/session/end-with-last-tab.ts';
import { message } from '../messages/texts/text.ts';
import { ask } from '../messages/wire/ask.ts';
import { ManagedRows, SetByCompany } from './managed-rows.tsx';
import type { Managed } from './state.ts';

/** What an agent may like one way or the other, unless the company decides it. */
export const Preferences = ({ managed }: { managed: Managed }) => {
  const [chosen, setChosen] = useState(false);
  const ofCompany = managed?.endWithLastTab;
  const isLocked = ofCompany !== undefined;
  const exchange = async (choice: { chosen?: boolean }): Promise<void> => {
    const answer = await ask<typeof endWithLastTab>('end_with_last_tab', choice);
    if (answer.ok) {
      setChosen(answer.value.chosen);
    }
  };
  useEffect(() => void exchange({}), [ofCompany]);
  return (
    <section>
      <h2>{message('preferencesTitle')}</h2>
      <label class={isLocked ? 'check fixed' : 'check'}>
        <input
          type="checkbox"
          checked={ofCompany ?? chosen}
          disabled={isLocked}
          onChange={(event) => void exchange({ chosen: event.currentTarget.checked })}
        />
        <span>
          {message('endWithLastTab')} {isLocked && <SetByCompany />}
          <span class="hint">{message('endWithLastTabWhy')}</span>
        </span>
      </label>
      {managed && <ManagedRows managed={managed} />}
    </section>
  );
};
