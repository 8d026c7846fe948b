import { expect, test } from 'vitest';
import { createNoteLandings } from '../../../../../../src/extension/background/session/remembered/note-landings.ts';
import { extensionProblem } from '../../../../../../src/extension/messages/wire/problem.ts';
import { LAUNCH_ID, launchesOf, launchRecord, NOON_THIRTY } from '../../launch-examples.ts';

const notedOf = async (record: ReturnType<typeof launchRecord>) => {
  const noted: string[] = [];
  const noteLandings = createNoteLandings({
    launches: await launchesOf([record]),
    keptSessions: {
      noteLanding: async (id, landing) => {
        noted.push(`${id} ${landing}`);
      },
    },
    now: () => NOON_THIRTY,
  });
  await noteLandings();
  return noted;
};

const problem = extensionProblem('interrupted');

test.each([
  launchRecord({ state: 'not_landed' }),
  launchRecord({ state: 'interrupted', problem }),
  launchRecord({ state: 'failed', problem }),
])(
  'a launch that is $state and not searched for any more is kept as one that did not land',
  async (record) => {
    expect(await notedOf(record)).toEqual([`${LAUNCH_ID} not_landed`]);
  },
);

test.each([
  launchRecord({ state: 'opened' }),
  launchRecord({ state: 'not_landed', tenantSession: 'gone' }),
])(
  'a launch that is $state and may have a session is kept as one that may be open',
  async (record) => {
    expect(await notedOf(record)).toEqual([`${LAUNCH_ID} possible`]);
  },
);

test.each([launchRecord(), launchRecord({ state: 'issued' }), launchRecord({ state: 'ended' })])(
  'of a launch that is $state nothing is noted',
  async (record) => {
    expect(await notedOf(record)).toEqual([]);
  },
);
