import { describe, expect, it, vi } from 'vitest';
import { createSharedSearches } from '../../../../../src/backend/adapters/directory/shared-searches.ts';
import { currentInterest, runForAgent } from '../../../../../src/backend/current-agent.ts';
import { SearchSupersededError } from '../../../../../src/backend/ports/customer-directory.ts';
import { agentId } from '../../fixtures.ts';

const createFixture = () => {
  const share = createSharedSearches<string>();
  const answers = new Map<string, PromiseWithResolvers<string>>();
  const interests = new Map<string, () => boolean>();
  const ask = vi.fn((question: string) => {
    const answer = Promise.withResolvers<string>();
    answers.set(question, answer);
    interests.set(question, currentInterest());
    return answer.promise;
  });
  return {
    ask,
    answer: (question: string) => answers.get(question)?.resolve(`about ${question}`),
    fail: (question: string) => answers.get(question)?.reject(new Error('busy')),
    isWanted: (question: string) => interests.get(question)?.(),
    search: (agent: string, question: string) =>
      runForAgent(agentId(agent), () => share(question, () => ask(question))),
  };
};

describe('searches', () => {
  it('that are equal are one, whoever asks', async () => {
    const { search, ask, answer } = createFixture();
    const both = Promise.all([search('sam', 'nora'), search('kim', 'nora')]);
    answer('nora');
    expect(await both).toEqual(['about nora', 'about nora']);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('that an agent typed on from are superseded, and are not wanted any more', async () => {
    const { search, answer, isWanted } = createFixture();
    const first = search('sam', 'nor');
    expect(isWanted('nor')).toBe(true);
    const second = search('sam', 'nora');
    await expect(first).rejects.toThrow(SearchSupersededError);
    expect([isWanted('nor'), isWanted('nora')]).toEqual([false, true]);
    answer('nora');
    expect(await second).toBe('about nora');
  });

  it('that another agent waits for live on when the first one typed on', async () => {
    const { search, answer, isWanted } = createFixture();
    const first = search('sam', 'nor');
    const other = search('kim', 'nor');
    const next = search('sam', 'nora');
    await expect(first).rejects.toThrow(SearchSupersededError);
    expect(isWanted('nor')).toBe(true);
    answer('nor');
    expect(await other).toBe('about nor');
    answer('nora');
    await next;
  });

  it('that nobody waited for are wanted again by whoever joins before they were sent', async () => {
    const { search, answer, isWanted } = createFixture();
    const first = search('sam', 'nor');
    const second = search('sam', 'nora');
    await expect(first).rejects.toThrow(SearchSupersededError);
    const other = search('kim', 'nor');
    expect(isWanted('nor')).toBe(true);
    answer('nor');
    answer('nora');
    expect(await Promise.all([other, second])).toEqual(['about nor', 'about nora']);
  });

  it('that fail fail for everybody who waits, and are asked for anew', async () => {
    const { search, ask, fail, answer } = createFixture();
    const both = [search('sam', 'nora'), search('kim', 'nora')];
    fail('nora');
    for (const one of both) {
      await expect(one).rejects.toThrow('busy');
    }
    const again = search('sam', 'nora');
    answer('nora');
    expect(await again).toBe('about nora');
    expect(ask).toHaveBeenCalledTimes(2);
  });
});
