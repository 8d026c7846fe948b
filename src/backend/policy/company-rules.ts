import type { Grant, StepUp } from '../../contract/grant.ts';
import type { LaunchNeed } from '../../contract/launch-preview.ts';
import type {
  CompanyPolicy,
  PolicyAgent,
  PolicyAnswer,
  PolicyFacts,
  PolicyNote,
} from '../ports/company-policy.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** What a company's rules are asked about, and what they take for cured. */
export type CompanyRules = {
  /** What can be granted, from the most to the least. The first that is allowed is granted. */
  readonly ladder: readonly Grant[];
  /** The sign-in that an agent is asked for where a rule asks for a fresh one. */
  readonly stepUp: StepUp;
  /** The approver that a rule asking for an approval is tried with. */
  readonly exampleApprover: PolicyAgent;
};

/** What the company's rules say: a grant, with needs only where they must be met first, or a refusal. */
export type CompanyDecision = {
  readonly policies: readonly string[];
} & (
  | { readonly grant: Grant; readonly needs: readonly LaunchNeed[]; readonly stepUp?: StepUp }
  | { readonly refusal: Refusal }
);

/** The order in which needs are named. */
const NEEDS: readonly LaunchNeed[] = ['reason', 'ticket', 'approval', 'step_up'];

const idsOf = (policies: readonly PolicyNote[]): readonly string[] =>
  [...new Set(policies.map(({ id }) => id))].sort();

const failed = (policies: readonly PolicyNote[]): CompanyDecision => ({
  refusal: refuse(
    'policy_denied',
    "Your company's rules could not be decided; your platform team must look at them.",
  ),
  policies: idsOf(policies),
});

const denied = (policies: readonly PolicyNote[]): CompanyDecision => {
  const code = policies.find((note) => note.code)?.code ?? 'policy_denied';
  const own = policies.find((note) => note.detail)?.detail;
  const detail =
    own ??
    (policies.length === 0
      ? 'No rule of your company allows this launch.'
      : `Your company's rules refuse this launch (${idsOf(policies).join(', ')}).`);
  return { refusal: { ...refuse(code, detail), isPublic: true }, policies: idsOf(policies) };
};

/** The sign-in that satisfies all rules that ask for one. */
const stepUpFor = (policies: readonly PolicyNote[], usual: StepUp): StepUp => {
  const wanted = policies.filter(({ remedy }) => remedy === 'step_up');
  const acrValues = wanted.find((note) => note.stepUp?.acrValues)?.stepUp?.acrValues;
  return {
    ...usual,
    maxAgeSeconds: Math.min(
      ...wanted.map((note) => note.stepUp?.maxAgeSeconds ?? usual.maxAgeSeconds),
    ),
    ...(acrValues !== undefined && { acrValues }),
  };
};

/** The facts as they would be with the needs met. */
const cured = (
  facts: PolicyFacts,
  needs: ReadonlySet<LaunchNeed>,
  stepUp: StepUp | undefined,
  { exampleApprover }: CompanyRules,
): PolicyFacts => {
  const [authClass] = stepUp?.acrValues?.split(' ') ?? [];
  return {
    ...facts,
    reasonGiven: facts.reasonGiven || needs.has('reason'),
    ticketGiven: facts.ticketGiven || needs.has('ticket'),
    ...(needs.has('approval') && { approver: exampleApprover }),
    ...(stepUp && {
      authAgeSeconds: 0,
      authMethods: [...new Set([...facts.authMethods, 'mfa'])],
      ...(authClass !== undefined && { authClass }),
    }),
  };
};

/**
 * Finds out whether a refusal has a cure: all rules that refuse name a remedy, and with the remedies the same
 * rules allow the launch. `undefined` where it has none.
 */
const cureOf = (
  company: CompanyPolicy,
  facts: PolicyFacts,
  grant: Grant,
  refusing: PolicyAnswer,
  rules: CompanyRules,
): CompanyDecision | undefined => {
  const needs = new Set<LaunchNeed>();
  const deciding: PolicyNote[] = [];
  for (let answer = refusing; ; ) {
    if (answer.outcome === 'failed') {
      return failed(answer.policies);
    }
    deciding.push(...answer.policies);
    const stepUp = deciding.some(({ remedy }) => remedy === 'step_up')
      ? stepUpFor(deciding, rules.stepUp)
      : undefined;
    if (answer.outcome === 'allowed') {
      const ordered = NEEDS.filter((need) => needs.has(need));
      return { grant, needs: ordered, policies: idsOf(deciding), ...(stepUp && { stepUp }) };
    }
    const remedies = answer.policies.flatMap(({ remedy }) => remedy ?? []);
    const helps = remedies.some((remedy) => !needs.has(remedy));
    if (remedies.length < answer.policies.length || !helps) {
      return undefined;
    }
    for (const remedy of remedies) {
      needs.add(remedy);
    }
    answer = company.ask(cured(facts, needs, stepUp, rules), grant);
  }
};

/**
 * Lets the company's rules decide. What is granted is part of the question, so the ladder is walked from the
 * most to the least and the first step that is allowed is granted. Where none is, the first one that has a cure
 * is, with its needs. Whatever goes wrong in a rule is a refusal.
 */
export const decideByCompanyRules = (
  company: CompanyPolicy,
  facts: PolicyFacts,
  rules: CompanyRules,
): CompanyDecision => {
  const answers: { readonly grant: Grant; readonly answer: PolicyAnswer }[] = [];
  for (const grant of rules.ladder) {
    const answer = company.ask(facts, grant);
    if (answer.outcome === 'failed') {
      return failed(answer.policies);
    }
    if (answer.outcome === 'allowed') {
      return { grant, needs: [], policies: idsOf(answer.policies) };
    }
    answers.push({ grant, answer });
  }
  for (const { grant, answer } of answers) {
    const cure = cureOf(company, facts, grant, answer, rules);
    if (cure) {
      return cure;
    }
  }
  return denied(answers.at(-1)?.answer.policies ?? []);
};
