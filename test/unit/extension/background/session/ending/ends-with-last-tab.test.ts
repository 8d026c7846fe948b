import { expect, test } from 'vitest';
import { createEndsWithLastTab } from '../../../../../../src/extension/background/session/ending/ends-with-last-tab.ts';
import { memoryArea } from '../../fakes.ts';

const settingOf = (ofCompany?: boolean, ofAgent?: boolean) =>
  createEndsWithLastTab(
    memoryArea(ofAgent === undefined ? {} : { endsWithLastTab: ofAgent }),
    async () => ({
      wrong: [],
      ...(ofCompany !== undefined && { endWithLastTab: ofCompany }),
    }),
  );

test.each([
  { company: undefined, agent: undefined, ends: false },
  { company: undefined, agent: true, ends: true },
  { company: false, agent: true, ends: false },
  { company: true, agent: false, ends: true },
  { company: true, agent: undefined, ends: true },
])(
  'with the company’s choice $company and the agent’s $agent, a session ends with its last tab: $ends',
  async ({ company, agent, ends }) => {
    expect(await settingOf(company, agent).read()).toBe(ends);
  },
);

test('an agent’s choice changes nothing while the company makes one', async () => {
  const setting = settingOf(true);
  await setting.choose(false);
  expect(await setting.read()).toBe(true);
});
