import { describe, expect, it, vi } from 'vitest';
import { createSharedSearches } from '../../../../../src/backend/adapters/directory/shared-searches.ts';
import { currentInterest, runForAgent } from '../../../../../src/backend/current-agent.ts';
import { SearchSupersededError } from '../../../../../src/backend/ports/customer-directory.ts';
import { TenantBusyError } from '../../../../../src/backend/ports/tenant-errors.ts';
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
    fail: (question: string) => answers.get(question)?.reject(new TenantBusyError('busy')),
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

  it('that an agent typed on from are not wanted any more, and answered where there is an answer', async () => {
    const { search, answer, isWanted } = createFixture();
    const first = search('sam', 'nor');
    expect(isWanted('nor')).toBe(true);
    const second = search('sam', 'nora');
    expect([isWanted('nor'), isWanted('nora')]).toEqual([false, true]);
    answer('nora');
    answer('nor');
    expect(await Promise.all([first, second])).toEqual(['about nor', 'about nora']);
  });

  it('that an agent typed on from are superseded where the tenant is too busy for them', async () => {
    const { search, fail } = createFixture();
    const first = search('sam', 'nor');
    const second = search('sam', 'nora');
    fail('nor');
    fail('nora');
    await expect(first).rejects.toThrow(SearchSupersededError);
    await expect(second).rejects.toThrow(TenantBusyError);
  });

  it('that another agent waits for are wanted also when the first one typed on', async () => {
    const { search, answer, isWanted } = createFixture();
    const all = [search('sam', 'nor'), search('kim', 'nor'), search('sam', 'nora')];
    expect(isWanted('nor')).toBe(true);
    answer('nor');
    answer('nora');
    expect(await Promise.all(all)).toEqual(['about nor', 'about nor', 'about nora']);
  });

  it('that nobody waited for are wanted again by whoever joins before they were sent', async () => {
    const { search, answer, isWanted } = createFixture();
    const all = [search('sam', 'nor'), search('sam', 'nora'), search('kim', 'nor')];
    expect(isWanted('nor')).toBe(true);
    answer('nor');
    answer('nora');
    await Promise.all(all);
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
