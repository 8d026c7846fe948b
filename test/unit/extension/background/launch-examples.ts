import { launchIdSchema } from '../../../../src/contract/ids.ts';
import type { LaunchState } from '../../../../src/contract/launch-state.ts';
import type { TargetApp } from '../../../../src/contract/target-app.ts';
import {
  type LaunchFacts,
  type LaunchRecord,
  launchRecordSchema,
} from '../../../../src/extension/background/launch-state/launch-record.ts';
import { createLaunches } from '../../../../src/extension/background/launch-state/launches.ts';
import type { KeptSession } from '../../../../src/extension/background/session/remembered/kept-sessions.ts';
import { SHOP } from './app-examples.ts';
import { memoryArea } from './fakes.ts';

export const LAUNCH_ID = launchIdSchema.parse('3f0a9c7e-2b1d-4e5f-8a6b-7c8d9e0f1a2b');
export const SECOND_LAUNCH_ID = launchIdSchema.parse('4f0a9c7e-2b1d-4e5f-8a6b-7c8d9e0f1a2b');

/** Half an hour after the launch of {@link launchRecord}, in milliseconds. */
export const NOON_THIRTY = Date.parse('2026-11-20T12:30:00.000Z');

/** A launch in some state; without one, its tab is open and the app was seen in it. */
export const launchRecord = (
  changed: Omit<LaunchFacts, 'id'> & { readonly id?: string; readonly state?: LaunchState } = {},
): LaunchRecord =>
  launchRecordSchema.parse({
    id: LAUNCH_ID,
    state: 'landed',
    customerId: 'auth0|mara',
    customerName: 'Mara Lindqvist',
    targetAppId: 'shop',
    targetAppName: 'Shop',
    requestedAt: '2026-11-20T12:00:00.000Z',
    sessionEndsAt: '2026-11-20T14:00:00.000Z',
    openIn: 'new_tab',
    cookieStore: 'default',
    color: 'blue',
    tab: 'open',
    landing: 'unwatched',
    landedBy: changed.state === undefined || changed.state === 'landed' ? 'tab' : undefined,
    step: 'identity',
    problem: undefined,
    dismissed: false,
    ...changed,
  });

/** The launches of a browser in which these were opened, the first one first in the list. */
export const launchesOf = async (
  records: readonly LaunchRecord[],
  {
    now = () => NOON_THIRTY,
    apps = [SHOP],
    onChange = () => undefined,
    onEnding = onChange,
    session = memoryArea(),
  }: {
    readonly now?: () => number;
    readonly apps?: readonly TargetApp[];
    readonly onChange?: () => void;
    readonly onEnding?: () => void;
    readonly session?: ReturnType<typeof memoryArea>;
  } = {},
) => {
  const findApp = async (id: string) => apps.find((app) => app.id === id);
  const launches = createLaunches({ session, findApp, now, onChange, onEnding });
  for (const record of records.toReversed()) {
    await launches.restore(record);
  }
  return launches;
};

/** A session as it is kept on disk. */
export const keptSession = (changed: Partial<KeptSession> = {}): KeptSession => ({
  launchId: LAUNCH_ID,
  targetAppId: SHOP.id,
  targetAppName: 'Shop',
  loginDomain: 'https://login.example.com',
  cookieStore: 'default',
  since: '2026-11-20T12:00:00.000Z',
  endsAt: '2026-11-20T14:00:00.000Z',
  ...changed,
});
