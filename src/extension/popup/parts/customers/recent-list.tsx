import type { TargetApp } from '../../../../contract/target-app.ts';
import type { setPin } from '../../../messages/customers/set-pin.ts';
import type { Recent } from '../../../messages/snapshot.ts';
import { message } from '../../../messages/texts/text.ts';
import { ask } from '../../../messages/wire/ask.ts';
import { choose } from '../../state/choose.ts';
import { onRowKey } from '../../state/keyboard/move-focus.ts';
import { AppTile } from '../app-tile.tsx';
import { PinIcon } from '../icons.tsx';
import { IsolatedText } from '../isolated-text.tsx';
import { ProtectedFlag } from './protected-flag.tsx';

const LAST_DIGIT = 9;

const PinToggle = ({ recent, nameId }: { recent: Recent; nameId: string }) => {
  const { customerId, targetAppId, pinned } = recent;
  const label = message(pinned ? 'unpin' : 'pin');
  return (
    <button
      type="button"
      class={pinned ? 'icon-button pin pinned' : 'icon-button pin'}
      aria-label={label}
      aria-describedby={nameId}
      title={label}
      onClick={() =>
        void ask<typeof setPin>('set_pin', { customerId, targetAppId, pinned: !pinned })
      }
    >
      <PinIcon filled={pinned} />
    </button>
  );
};

const RecentRow = ({
  recent,
  app,
  index,
}: {
  recent: Recent;
  app: TargetApp | undefined;
  index: number;
}) => {
  const { customer, customerId, targetAppId } = recent;
  const appName = app?.name ?? targetAppId;
  const nameId = `recent-${index}`;
  return (
    <li class="recent-item">
      <button
        type="button"
        class="row recent"
        data-row
        disabled={recent.gone}
        aria-keyshortcuts={index < LAST_DIGIT ? String(index + 1) : undefined}
        onClick={() => choose(customerId, targetAppId)}
        onKeyDown={onRowKey}
      >
        <AppTile name={appName} />
        <span class="customer">
          <span class="customer-first" id={nameId}>
            <IsolatedText class="customer-name" text={customer?.name ?? customerId} />
            {recent.gone && <span class="flag">{message('customerGone')}</span>}
            {customer?.protected === true && <ProtectedFlag />}
          </span>
          <span class="customer-second">
            <IsolatedText text={customer?.email ?? ''} />
          </span>
        </span>
        <IsolatedText class="recent-app" text={appName} />
        {index < LAST_DIGIT && (
          <span class="key" aria-hidden="true">
            {index + 1}
          </span>
        )}
      </button>
      <PinToggle recent={recent} nameId={nameId} />
    </li>
  );
};

/** Customers and apps of before: pinned ones, then newest first. */
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
      {recents.map((recent, index) => (
        <RecentRow
          key={`${recent.customerId} ${recent.targetAppId}`}
          recent={recent}
          index={index}
          app={apps.find(({ id }) => id === recent.targetAppId)}
        />
      ))}
    </ul>
  </section>
);
