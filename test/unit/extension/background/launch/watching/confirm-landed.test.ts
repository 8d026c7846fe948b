import { expect, test } from 'vitest';
import { createConfirmLanded } from '../../../../../../src/extension/background/launch/watching/confirm-landed.ts';
import {
  LAUNCH_ID,
  launchesOf,
  launchRecord,
  NOON_THIRTY,
  SECOND_LAUNCH_ID,
} from '../../launch-examples.ts';

const confirming = async (record: ReturnType<typeof launchRecord>, knowsWhoSaw = true) => {
  const reports: unknown[] = [];
  const launches = await launchesOf([record]);
  const confirm = createConfirmLanded({
    launches,
    report: async (id, event) => {
      reports.push([id, event]);
    },
    hasFeature: async (name) => name === 'seen_by' && knowsWhoSaw,
    now: () => NOON_THIRTY,
  });
  return { confirm, launches, reports };
};

test('the agent’s word makes a launch an active session, and the ledger hears whose word it was', async () => {
  const { confirm, reports } = await confirming(launchRecord({ state: 'opened' }));
  expect(await confirm(LAUNCH_ID)).toMatchObject({
    value: { state: 'landed', standing: 'acting', landedBy: 'agent' },
  });
  expect(reports).toEqual([[LAUNCH_ID, { type: 'landed', seen: { by: 'agent' } }]]);
});

test('a backend that cannot write down whose word it was hears nothing', async () => {
  const { confirm, reports } = await confirming(launchRecord({ state: 'opened' }), false);
  await confirm(LAUNCH_ID);
  expect(reports).toEqual([]);
});

test('the agent’s word settles whose session it is after a restart, and where it could be another launch’s', async () => {
  const doubtful = launchRecord({ state: 'confirmed', restored: true, ambiguous: true });
  const { confirm, reports } = await confirming(doubtful);
  expect(await confirm(LAUNCH_ID)).toMatchObject({
    value: { state: 'confirmed', standing: 'acting', landedBy: 'agent' },
  });
  expect(reports).toEqual([]);
});

test('a launch that nobody knows cannot be confirmed', async () => {
  const { confirm } = await confirming(launchRecord());
  expect(await confirm(SECOND_LAUNCH_ID)).toMatchObject({ problem: { code: 'launch_unknown' } });
});
