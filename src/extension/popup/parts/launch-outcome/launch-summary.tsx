import type { LaunchStatus } from '../../../messages/launch/launch-status.ts';
import { AppTile } from '../app-tile.tsx';
import { IsolatedText } from '../isolated-text.tsx';

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ');

/** Whom a launch is about, and where. */
export const LaunchSummary = ({ launch }: { launch: LaunchStatus }) => (
  <div class="prefill">
    <AppTile name={launch.targetAppName} />
    <span class="customer">
      <IsolatedText class="customer-name" text={launch.customerName} />
      <IsolatedText
        class="customer-second"
        text={joined(launch.targetAppName, launch.organizationName, launch.customerEmail)}
      />
    </span>
  </div>
);

/** Where a launch went, and the address of the customer whose name stands above it. */
export const LaunchPlace = ({ launch }: { launch: LaunchStatus }) => (
  <div class="prefill">
    <AppTile name={launch.targetAppName} />
    <span class="customer">
      <IsolatedText
        class="customer-name"
        text={joined(launch.targetAppName, launch.organizationName)}
      />
      <IsolatedText
        class="customer-second"
        text={joined(launch.customerEmail, launch.customerId)}
      />
    </span>
  </div>
);
