import { describe, expect, test } from 'vitest';
import { done, refused } from '../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../src/extension/messages/wire/problem.ts';
import { launchRecord, SECOND_LAUNCH_ID } from '../launch-examples.ts';
import { launchingWith, type Parts, REQUEST } from './launching-example.ts';

describe('a launch in the place of another session', () => {
  const EARLIER = { sessions: [launchRecord({ id: SECOND_LAUNCH_ID })] };

  test('asks the backend first, and then ends the other one', async () => {
    const { launching, did, posts } = await launchingWith({ obstacles: EARLIER, way: 'cleared' });
    expect(await launching(REQUEST)).toMatchObject({ value: { state: 'opened' } });
    expect(did).toEqual([`preview ${SECOND_LAUNCH_ID}`, 'clear']);
    expect(posts).toHaveLength(1);
  });

  test.each<[string, Parts, string]>([
    ['the backend is down', { preview: refused(extensionProblem('offline')) }, 'offline'],
    [
      'the backend would refuse',
      {
        preview: done({
          needs: [],
          refusal: {
            code: 'customer_protected',
            title: '',
            detail: '',
            action: '',
            requestId: 'r-1',
          },
        }),
      },
      'customer_protected',
    ],
    ['the backend needs more', { preview: done({ needs: ['ticket'] }) }, 'more_needed'],
    [
      'there is no proof of identity',
      { tokens: async () => refused(extensionProblem('actor_unavailable')) },
      'actor_unavailable',
    ],
  ])('ends nothing when %s', async (_when, parts, code) => {
    const { launching, did, posts } = await launchingWith({ obstacles: EARLIER, ...parts });
    expect(await launching(REQUEST)).toMatchObject({ value: { problem: { code } } });
    expect(did).not.toContain('clear');
    expect(posts).toEqual([]);
  });
});
