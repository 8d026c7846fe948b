import { expect, test } from 'vitest';
import { customerIdSchema } from '../../../../../../src/contract/ids.ts';
import type { LaunchPreview } from '../../../../../../src/contract/launch-preview.ts';
import type { Obstacles } from '../../../../../../src/extension/background/launch/before-opening/clear-login-domain.ts';
import { createLaunchOutlook } from '../../../../../../src/extension/background/launch/before-opening/launch-outlook.ts';
import {
  done,
  type Outcome,
  refused,
} from '../../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../../src/extension/messages/wire/problem.ts';
import { SHOP } from '../../app-examples.ts';
import { LAUNCH_ID, launchRecord, NOON_THIRTY, SECOND_LAUNCH_ID } from '../../launch-examples.ts';

const MARA = customerIdSchema.parse('auth0|mara');
const REQUEST = { customerId: MARA, targetAppId: SHOP.id, openIn: 'new_tab' } as const;
const OF_MARA = launchRecord();
const OF_UMA = launchRecord({
  id: SECOND_LAUNCH_ID,
  customerId: customerIdSchema.parse('auth0|uma'),
});

const outlookWith = async (
  obstacles: Partial<Obstacles>,
  preview: Outcome<LaunchPreview | undefined> = done({ needs: [] }),
) => {
  const replaced: string[][] = [];
  const outlook = createLaunchOutlook({
    clearing: {
      obstacles: async () => ({ sessions: [], own: [], leftovers: [], notEnded: [], ...obstacles }),
    },
    previewLaunch: async (_request, replaces) => {
      replaced.push([...replaces]);
      return preview;
    },
    findApp: async (id) => (id === SHOP.id ? SHOP : undefined),
    now: () => NOON_THIRTY,
  });
  return { outlook, replaced };
};

test('a launch that meets nobody needs what the backend says, and ends nothing', async () => {
  const { outlook, replaced } = await outlookWith({}, done({ needs: ['reason'] }));
  expect(await outlook(REQUEST)).toEqual(
    done({ preview: { needs: ['reason'] }, inTheWay: [], ownSession: false }),
  );
  expect(replaced).toEqual([[]]);
});

test('the sessions that a launch would end are shown, and the backend is asked with them', async () => {
  const { outlook, replaced } = await outlookWith({ sessions: [OF_UMA] });
  const answer = await outlook(REQUEST);
  expect(answer).toMatchObject({ value: { inTheWay: [{ id: SECOND_LAUNCH_ID }] } });
  expect(answer.ok && answer.value).not.toHaveProperty('sameApp');
  expect(replaced).toEqual([[SECOND_LAUNCH_ID]]);
});

test('the session of the same customer in the same app is told apart from the others', async () => {
  const { outlook } = await outlookWith({ sessions: [OF_UMA, OF_MARA] });
  expect(await outlook(REQUEST)).toMatchObject({ value: { sameApp: { id: LAUNCH_ID } } });
});

test('the agent’s own session in the way is told of', async () => {
  const own = [{ targetAppId: SHOP.id, loginDomain: 'https://login.example.com', tabIds: [] }];
  const { outlook } = await outlookWith({ own });
  expect(await outlook(REQUEST)).toMatchObject({ value: { ownSession: true } });
});

test.each([
  ['gives no previews', done(undefined)],
  ['is not reached', refused(extensionProblem('offline'))],
])('what is in the way is told also when the backend %s', async (_when, preview) => {
  const { outlook } = await outlookWith({ sessions: [OF_UMA] }, preview);
  const answer = await outlook(REQUEST);
  expect(answer).toMatchObject({ value: { inTheWay: [{ id: SECOND_LAUNCH_ID }] } });
  expect(answer.ok && answer.value).not.toHaveProperty('preview');
});

test('an app that is not open to the agent has no outlook', async () => {
  const { outlook } = await outlookWith({});
  const elsewhere = { ...REQUEST, targetAppId: 'gone' as typeof SHOP.id };
  expect(await outlook(elsewhere)).toMatchObject({ problem: { code: 'target_app_unknown' } });
});
