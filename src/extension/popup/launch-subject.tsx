import type { LaunchStatus } from '../messages/launch-status.ts';
import { AppTile } from './app-tile.tsx';
import { IsolatedText } from './isolated-text.tsx';

/** Whom a launch is about, and where. */
export const LaunchSubject = ({ launch }: { launch: LaunchStatus }) => (
  <div class="subject">
    <AppTile name={launch.targetAppName} />
    <span class="customer">
      <IsolatedText class="customer-name" text={launch.customerName} />
      <IsolatedText
        class="customer-second"
        text={[launch.targetAppName, launch.organizationName, launch.customerEmail]
          .filter((part) => part !== undefined)
          .join(' · ')}
      />
    </span>
  </div>
);
