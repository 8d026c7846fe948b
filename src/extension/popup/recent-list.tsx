import type { TargetApp } from '../../contract/target-app.ts';
import type { Recent } from '../messages/snapshot.ts';
import { message } from '../messages/text.ts';
import { AppTile } from './app-tile.tsx';
import { choose } from './choose.ts';
import { IsolatedText } from './isolated-text.tsx';
import { onRowKey } from './move-focus.ts';

const RecentRow = ({ recent, app }: { recent: Recent; app: TargetApp | undefined }) => {
  const { customer, customerId, targetAppId } = recent;
  const appName = app?.name ?? targetAppId;
  return (
    <li>
      <button
        type="button"
        class="row recent"
        data-row
        disabled={recent.gone}
        onClick={() => choose(customerId, targetAppId)}
        onKeyDown={onRowKey}
      >
        <AppTile name={appName} />
        <span class="customer">
          <span class="customer-first">
            <IsolatedText class="customer-name" text={customer?.name ?? customerId} />
            {recent.gone && <span class="flag">{message('customerGone')}</span>}
            {customer?.protected === true && <span class="flag">{message('protectedFlag')}</span>}
          </span>
          <span class="customer-second">
            <IsolatedText text={customer?.email ?? ''} />
          </span>
        </span>
        <IsolatedText class="recent-app" text={appName} />
      </button>
    </li>
  );
};

/** Customers and apps of before, newest first. */
export const RecentList = ({
  recents,
  apps,
}: {
  recents: readonly Recent[];
  apps: readonly TargetApp[];
}) => (
  <section>
    <h2 id="recent" class="list-title">
      {message('recent')}
    </h2>
    <ul aria-labelledby="recent">
      {recents.map((recent) => (
        <RecentRow
          key={`${recent.customerId} ${recent.targetAppId}`}
          recent={recent}
          app={apps.find(({ id }) => id === recent.targetAppId)}
        />
      ))}
    </ul>
  </section>
);
