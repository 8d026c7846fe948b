import { useEffect, useState } from 'preact/hooks';
import { ask } from '../messages/ask.ts';
import type { endWithLastTab } from '../messages/end-with-last-tab.ts';
import { message } from '../messages/text.ts';

/** What an agent may like one way or the other. */
export const Preferences = () => {
  const [chosen, setChosen] = useState(false);
  const exchange = async (choice: { chosen?: boolean }): Promise<void> => {
    const answer = await ask<typeof endWithLastTab>('end_with_last_tab', choice);
    if (answer.ok) {
      setChosen(answer.value.chosen);
    }
  };
  useEffect(() => void exchange({}), []);
  return (
    <section>
      <h2>{message('preferencesTitle')}</h2>
      <label class="check">
        <input
          type="checkbox"
          checked={chosen}
          onChange={(event) => void exchange({ chosen: event.currentTarget.checked })}
        />
        <span>
          {message('endWithLastTab')}
          <span class="hint">{message('endWithLastTabWhy')}</span>
        </span>
      </label>
    </section>
  );
};
