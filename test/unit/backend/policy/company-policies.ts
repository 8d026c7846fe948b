import type {
  CompanyPolicy,
  PolicyAnswer,
  PolicyFacts,
  PolicyNote,
} from '../../../../src/backend/ports/company-policy.ts';
import type { Grant } from '../../../../src/contract/grant.ts';

/** A rule that refuses what it says. */
export type FakeRule = PolicyNote & {
  readonly refuses: (facts: PolicyFacts, grant: Grant) => boolean;
};

/** A company's rules without Cedar: everything is allowed that no rule refuses. */
export const fakePolicy = (...rules: readonly FakeRule[]): CompanyPolicy => ({
  hash: 'fake',
  looksAt: { agent: true, signIn: true, counts: true },
  ask: (facts, grant) => {
    const refusing = rules.filter(({ refuses }) => refuses(facts, grant));
    return refusing.length === 0
      ? { outcome: 'allowed', policies: [{ id: 'everybody' }] }
      : { outcome: 'denied', policies: refusing.map(({ refuses: _refuses, ...note }) => note) };
  },
});

/** Rules that give one answer to everything. */
export const answering = (answer: PolicyAnswer): CompanyPolicy => ({
  ...fakePolicy(),
  ask: () => answer,
});
