import type { TargetAppId } from '../../../contract/ids.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import type { openAsMe } from '../../messages/launch/open-as-me.ts';
import { message } from '../../messages/texts/text.ts';
import { ask } from '../../messages/wire/ask.ts';
import type { ProblemReport } from '../../messages/wire/problem.ts';
import { createCell } from '../state/cell.ts';
import { onRowKey } from '../state/keyboard/move-focus.ts';
import { AppTile } from './app-tile.tsx';
import { IsolatedText } from './isolated-text.tsx';
import { ProblemCard } from './problem-card.tsx';

const failure = createCell<ProblemReport | undefined>(undefined);

const open = async (targetAppId: TargetAppId): Promise<void> => {
  const answer = await ask<typeof openAsMe>('open_as_me', { targetAppId });
  failure.value = answer.ok ? undefined : answer.problem;
};

/** Apps that the agent can open as themselves; nothing where there is none. */
export const OwnApps = ({ apps }: { apps: readonly TargetApp[] }) => {
  const own = apps.filter(({ ways }) => ways.includes('native_to_web'));
  if (own.length === 0) {
    return null;
  }
  return (
    <section>
      <h2 id="own-apps" class="list-title">
        {message('yourApps')}
      </h2>
      {failure.value && <ProblemCard problem={failure.value} />}
      <ul aria-labelledby="own-apps">
        {own.map((app) => (
          <li key={app.id} class="row own-app">
            <AppTile name={app.name} />
            <span id={`own-${app.id}`} class="own-app-name">
              <IsolatedText text={app.name} />
            </span>
            <button
              type="button"
              class="button small"
              data-row
              aria-describedby={`own-${app.id}`}
              onClick={() => void open(app.id)}
              onKeyDown={onRowKey}
            >
              {message('openAsMe')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};
