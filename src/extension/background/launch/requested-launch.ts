import type { LaunchRequestMessage } from '../../messages/launch/launch.ts';
import type { RequestedLaunch } from '../launch-state/launch-record.ts';
import type { LaunchDescription } from './describe-launch.ts';

/** The record of a launch as it begins, before anything was ended, asked for or opened for it. */
export const requestedLaunch = (
  { id, customerId, targetAppId, organizationId, reason, ticket, openIn }: LaunchRequestMessage,
  { app, shown }: LaunchDescription,
  facts: Pick<RequestedLaunch, 'step' | 'replaces' | 'color'>,
  nowMilliseconds: number,
): RequestedLaunch => ({
  ...shown,
  ...facts,
  id,
  customerId,
  targetAppId,
  targetAppName: app.name,
  state: 'requested',
  openIn,
  tab: 'unknown',
  requestedAt: new Date(nowMilliseconds).toISOString(),
  landing: 'unwatched',
  request: { organizationId, reason, ticket },
  dismissed: false,
});
