import { describe, expect, test } from 'vitest';
import { draftSchema } from '../../../../../../src/extension/messages/launch/draft.ts';
import { launchStatusSchema } from '../../../../../../src/extension/messages/launch/launch-status.ts';
import { cancel } from '../../../../../../src/extension/popup/state/launch-panel/change-launch.ts';
import {
  cancelledLaunch,
  launchDraft,
  relaunch,
} from '../../../../../../src/extension/popup/state/launch-panel/launch-draft.ts';
import { outlook } from '../../../../../../src/extension/popup/state/launch-panel/outlook.ts';
import { draft, snapshot } from '../../../../../../src/extension/popup/state/state.ts';
import { ok, playWorker } from '../played-worker.ts';
import { sessionExample, snapshotExample } from '../snapshot-example.ts';

const NORA = '5f1f7a3e-0d3c-4c8e-9f0a-1b2c3d4e5f60';

const draftOf = (changes: object) =>
  draftSchema.parse({ query: '', reason: '', ticket: '', ...changes });
const FOR_UMA = draftOf({
  query: 'uma',
  customerId: 'auth0|uma',
  targetAppId: 'desk',
  reason: 'B',
});

/** A launch for Nora in the shop that did not go through. */
const failed = sessionExample({
  id: NORA,
  state: 'failed',
  standing: 'over',
  openIn: 'private_window',
  request: { organizationId: 'org_1', reason: 'Cannot see invoice 12', ticket: 'SUP-12' },
});

describe('the same launch again', () => {
  test('the same launch again is for the same customer, whomever the agent has pointed at in the meantime', async () => {
    snapshot.value = snapshotExample([], { launch: failed });
    outlook.value = {
      preview: {
        needs: ['step_up'],
        grant: { mode: 'full', minutes: 90 },
        stepUp: { maxAgeSeconds: 300 },
      },
      inTheWay: [],
      ownSession: false,
    };
    const asked = playWorker({
      dismiss_launch: () => {
        draft.value = FOR_UMA;
        return ok();
      },
      launch: (request) => ok(launchStatusSchema.parse(sessionExample(request))),
    });
    await relaunch(launchStatusSchema.parse(failed), { clearLoginDomain: true });
    expect(asked.filter(({ name }) => name === 'launch').map(({ request }) => request)).toEqual([
      {
        id: expect.any(String),
        customerId: 'auth0|nora',
        targetAppId: 'shop',
        organizationId: 'org_1',
        reason: 'Cannot see invoice 12',
        ticket: 'SUP-12',
        openIn: 'private_window',
        clearLoginDomain: true,
      },
    ]);
  });
});

describe('a launch that has begun', () => {
  const FOR_NORA = draftOf({ query: 'nor', customerId: 'auth0|nora', targetAppId: 'shop' });
  const launchingForNora = sessionExample({ id: NORA, state: 'issued', standing: 'launching' });
  const begun = (request: object = {}) =>
    ok(launchStatusSchema.parse(sessionExample({ id: NORA, ...request })));

  test('a launch that has begun is cleared from the panel, with what was searched for', async () => {
    snapshot.value = snapshotExample([]);
    draft.value = FOR_NORA;
    playWorker({ launch: begun });
    await launchDraft(FOR_NORA, undefined);
    expect(draft.value).toEqual(draftOf({}));
  });

  test.each([
    ['customer', FOR_UMA],
    ['app', draftOf({ query: 'nor', customerId: 'auth0|nora', targetAppId: 'desk' })],
  ])(
    'a launch that has begun leaves the panel alone where the agent has chosen another %s since',
    async (_what, chosen) => {
      snapshot.value = snapshotExample([]);
      draft.value = FOR_NORA;
      playWorker({
        launch: (request) => {
          draft.value = chosen;
          return begun(request);
        },
      });
      await launchDraft(FOR_NORA, undefined);
      expect(draft.value).toEqual(chosen);
    },
  );

  test('a launch that has begun before it could be cancelled is shown and cleared from the panel', async () => {
    snapshot.value = snapshotExample([], { launch: launchingForNora });
    draft.value = FOR_NORA;
    playWorker({ cancel_launch: () => begun() });
    await cancel(launchStatusSchema.parse(launchingForNora));
    expect(snapshot.value.launch?.standing).toBe('acting');
    expect(cancelledLaunch.value).toBeUndefined();
    expect(draft.value).toEqual(draftOf({}));
  });

  test('a launch that was cancelled in time is in the panel again, as it was asked for', async () => {
    snapshot.value = snapshotExample([], { launch: launchingForNora });
    draft.value = FOR_NORA;
    playWorker({
      cancel_launch: () => begun({ state: 'failed', standing: 'over' }),
      dismiss_launch: () => ok(),
    });
    await cancel(launchStatusSchema.parse(launchingForNora));
    expect(snapshot.value.launch).toBeUndefined();
    expect(draft.value).toEqual(draftOf({ customerId: 'auth0|nora', targetAppId: 'shop' }));
  });
});
