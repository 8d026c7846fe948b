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

/**
 * Tells which step a launch is stored with. Where nothing is left to do before the backend is asked, that is the
 * step already: it then needs no further write, which would take the browser's time from the launch.
 */
export const firstStep = (
  hasToClear: boolean,
  isProven: boolean,
): NonNullable<RequestedLaunch['step']> => {
  const next = isProven ? 'backend' : 'identity';
  return hasToClear ? 'clearing' : next;
};
