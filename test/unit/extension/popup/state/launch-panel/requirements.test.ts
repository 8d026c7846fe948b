import { expect, test } from 'vitest';
import { requirementsFor } from '../../../../../../src/extension/popup/state/launch-panel/requirements.ts';

const GENERAL = {
  reason: { required: true, minLength: 10 },
  ticket: { required: false, pattern: '^SUP-\\d+$' },
};
const NOTHING_IN_THE_WAY = { inTheWay: [], ownSession: false };

test('without a word of the backend on this launch, it needs what launches need in general', () => {
  expect(requirementsFor(GENERAL, undefined)).toEqual(GENERAL);
  expect(requirementsFor(GENERAL, NOTHING_IN_THE_WAY)).toEqual(GENERAL);
});

test('the backend’s word on this launch decides whether reason and ticket are needed', () => {
  expect(
    requirementsFor(GENERAL, { ...NOTHING_IN_THE_WAY, preview: { needs: ['ticket'] } }),
  ).toEqual({
    reason: { required: false, minLength: 10 },
    ticket: { required: true, pattern: '^SUP-\\d+$' },
  });
});
