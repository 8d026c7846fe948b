import {
  customerIdSchema,
  launchIdSchema,
  targetAppIdSchema,
} from '../../../../src/contract/ids.ts';
import type { LaunchRecord } from '../../../../src/extension/background/launch-state/launch-record.ts';

export const LAUNCH_ID = launchIdSchema.parse('3f0a9c7e-2b1d-4e5f-8a6b-7c8d9e0f1a2b');
export const SECOND_LAUNCH_ID = launchIdSchema.parse('4f0a9c7e-2b1d-4e5f-8a6b-7c8d9e0f1a2b');

/** A launch whose tab is open. */
export const openedLaunch = (changed: Partial<LaunchRecord> = {}): LaunchRecord => ({
  id: LAUNCH_ID,
  state: 'opened',
  customerId: customerIdSchema.parse('auth0|mara'),
  customerName: 'Mara Lindqvist',
  targetAppId: targetAppIdSchema.parse('shop'),
  targetAppName: 'Shop',
  requestedAt: '2026-11-20T12:00:00.000Z',
  sessionEndsAt: '2026-11-20T14:00:00.000Z',
  openIn: 'new_tab',
  store: 'default',
  landing: 'unwatched',
  dismissed: false,
  ...changed,
});
