import { statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import type { CompanyPolicy, PolicyAnswer, PolicyNote } from '../../ports/company-policy.ts';
import { ACT_AS, cedarQuestion } from './question.ts';

/** Rules that Cedar holds ready under one name. */
export type PreparedPolicies = {
  /** The name of schema and policy set; their hash. */
  readonly hash: string;
  readonly notes: ReadonlyMap<string, PolicyNote>;
  readonly looksAt: CompanyPolicy['looksAt'];
  /** Told what went wrong while deciding, for the log. Never told anything of the customer. */
  readonly onFailure: (policies: readonly string[], cause: string) => void;
};

/**
 * A company's rules in Cedar. Cedar skips a rule that fails, a forbidding one too, so a failure of any rule
 * fails the whole answer.
 * @see Cedar "Authorization", "Error handling"
 */
export const cedarPolicy = (prepared: PreparedPolicies): CompanyPolicy => {
  const { hash, notes, looksAt, onFailure } = prepared;
  const notesOf = (ids: readonly string[]): readonly PolicyNote[] =>
    ids.toSorted().map((id) => notes.get(id) ?? { id });
  const failed = (ids: readonly string[], cause: string): PolicyAnswer => {
    onFailure(ids, cause);
    return { outcome: 'failed', policies: notesOf(ids) };
  };
  return {
    hash,
    looksAt,
    ask: (facts, grant) => {
      try {
        const answer = statefulIsAuthorized({
          ...cedarQuestion(facts, grant),
          action: ACT_AS,
          preparsedSchemaName: hash,
          preparsedPolicySetId: hash,
          validateRequest: true,
        });
        if (answer.type === 'failure') {
          return failed([], 'The question does not fit the schema.');
        }
        const { decision, diagnostics } = answer.response;
        if (diagnostics.errors.length > 0) {
          const ids = diagnostics.errors.map(({ policyId }) => policyId);
          return failed(ids, diagnostics.errors[0]?.error.message ?? 'unknown');
        }
        return {
          outcome: decision === 'allow' ? 'allowed' : 'denied',
          policies: notesOf(diagnostics.reason),
        };
      } catch (error) {
        return failed([], error instanceof Error ? error.name : 'unknown');
      }
    },
  };
};
