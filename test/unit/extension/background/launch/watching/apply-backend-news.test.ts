import { describe, expect, test } from 'vitest';
import type { Launch } from '../../../../../../src/contract/launch.ts';
import { createApplyBackendNews } from '../../../../../../src/extension/background/launch/watching/apply-backend-news.ts';
import { refused } from '../../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../../src/extension/messages/wire/problem.ts';
import { settled } from '../../fakes.ts';
import { LAUNCH_ID, launchesOf, launchRecord } from '../../launch-examples.ts';

type Known = Parameters<typeof launchRecord>[0];

/** What becomes of a launch when the backend says something about it, and which sessions are ended for it. */
const hearing = async (known: Known, news: Partial<Launch>) => {
  const launches = await launchesOf([launchRecord(known)]);
  const ended: unknown[] = [];
  const apply = createApplyBackendNews(launches, async (id, cause) => {
    ended.push([id, cause]);
    return refused(extensionProblem('launch_unknown'));
  });
  await apply({ id: LAUNCH_ID, ...news } as Launch);
  await settled();
  return { record: await launches.find(LAUNCH_ID), ended };
};

describe('what the backend says of a launch', () => {
  test('ends the session in this browser when somebody else ended it', async () => {
    const { ended } = await hearing({}, { state: 'ended', cause: 'supervisor' });
    expect(ended).toEqual([[LAUNCH_ID, 'supervisor']]);
  });

  test('is only noted for a session of another browser', async () => {
    const elsewhere = { openIn: undefined, cookieStore: undefined };
    const { record, ended } = await hearing(elsewhere, { state: 'ended', cause: 'supervisor' });
    expect(record).toMatchObject({ state: 'ended', cause: 'supervisor', dismissed: false });
    expect(ended).toEqual([]);
  });

  test('does not disturb an end that is under way', async () => {
    const { record, ended } = await hearing({ ending: 'app' }, { state: 'ended', cause: 'agent' });
    expect(record).toMatchObject({ state: 'landed', ending: 'app' });
    expect(ended).toEqual([]);
  });

  test('confirms even what seemed not to have landed', async () => {
    const { record } = await hearing({ state: 'not_landed' }, { state: 'confirmed' });
    expect(record?.state).toBe('confirmed');
  });

  test.each(['opened', 'landed', 'unconfirmed', 'not_landed'] as const)(
    'never takes a confirmation back by "%s"',
    async (state) => {
      const { record } = await hearing({ state: 'confirmed' }, { state });
      expect(record?.state).toBe('confirmed');
    },
  );

  test('never revives a session that was ended here', async () => {
    const { record } = await hearing({ state: 'ended' }, { state: 'confirmed' });
    expect(record?.state).toBe('ended');
  });

  test('says that a launch that seemed interrupted had been refused', async () => {
    const problem = extensionProblem('interrupted');
    const { record } = await hearing({ state: 'interrupted', problem }, { state: 'refused' });
    expect(record).toMatchObject({ state: 'refused', problem });
  });

  test('does not make a session seen that only the path of events leads through', async () => {
    const { record } = await hearing({ state: 'not_landed' }, { state: 'unconfirmed' });
    expect(record).toMatchObject({ state: 'unconfirmed' });
    expect(record?.landedBy).toBeUndefined();
  });

  test('leaves a launch alone whose tab is not open yet', async () => {
    const { record } = await hearing({ state: 'requested' }, { state: 'issued' });
    expect(record?.state).toBe('requested');
  });
});
