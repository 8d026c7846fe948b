import { EMPTY_DRAFT } from '../../../../../src/extension/messages/launch/empty-draft.ts';
import { type Snapshot, snapshotSchema } from '../../../../../src/extension/messages/snapshot.ts';

/** A session in which the agent was seen as the customer. */
export const sessionExample = (changes: object): object => ({
  state: 'confirmed',
  standing: 'acting',
  color: 'blue',
  tab: 'open',
  customerId: 'auth0|nora',
  customerName: 'Nora Lindqvist',
  targetAppId: 'shop',
  targetAppName: 'Shop',
  requestedAt: '2026-11-20T10:00:00.000Z',
  landing: 'seen',
  ...changes,
});

/** What the popup of a signed-in agent shows with these sessions. */
export const snapshotExample = (sessions: readonly object[], changes: object = {}): Snapshot =>
  snapshotSchema.parse({
    backend: { managed: false },
    signIn: { state: 'signed_in', webSessionLeft: false },
    sessions,
    recents: [],
    leftovers: [],
    setUp: { due: false, declined: false },
    places: [],
    draft: EMPTY_DRAFT,
    ...changes,
  });
