import { CUSTOMERS } from '../people.ts';
import { EMPTY, found, ok, panel, signedIn } from './example-replies.ts';

const [mara, marcus, staff] = CUSTOMERS;

const PREFILL_ID = '6f0a9c7e-2b1d-4e5f-8a6b-7c8d9e0f1a2b';
const pointedAt = (prefill: object) => ({
  ...panel(mara, {}, 0),
  ...signedIn({ prefill: { id: PREFILL_ID, ...prefill } }),
  take_prefill: ok({ taken: true }),
  retry_prefill: ok({}),
});
const matches = (customers: readonly unknown[], tried: object) =>
  pointedAt({ state: 'matches', matches: { customers, tried } });

/** States of the popup that begin outside of it: in a context menu, with a shortcut, in the address bar. */
export const PREFILL_STATES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'prefill-resolving': pointedAt({ state: 'resolving' }),
  'prefill-customer': pointedAt({
    state: 'customer',
    customer: mara,
    draft: { ...EMPTY, customerId: mara.id },
  }),
  'prefill-several': matches(
    [
      { ...marcus, name: 'Jordan Ellis' },
      { ...mara, name: 'Jordan Ellis' },
      { ...staff, name: 'Jordan Ellis' },
    ],
    { key: 'email' },
  ),
  'prefill-none': matches([], { key: 'external_id', system: 'Zendesk' }),
  'prefill-no-record': pointedAt({
    state: 'failed',
    problem: { source: 'extension', code: 'not_a_record' },
  }),
  'prefill-search': {
    ...pointedAt({ state: 'search', query: 'mar' }),
    search_customers: found(CUSTOMERS),
  },
};
