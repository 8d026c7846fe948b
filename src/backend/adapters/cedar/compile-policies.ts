import {
  checkParseContext,
  checkParseEntities,
  type DetailedError,
  policySetTextToParts,
  policyToJson,
  preparsePolicySet,
  preparseSchema,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs';
import type { Grant } from '../../../contract/grant.ts';
import type { PolicyNote } from '../../ports/company-policy.ts';
import { readAnnotations } from './annotations.ts';
import type { PreparedPolicies } from './company-policy.ts';
import { type AttributeNames, exampleFacts } from './example-facts.ts';
import { type PolicyFile, type PolicyFolder, PolicyFolderError } from './policy-folder.ts';
import { ACT_AS, cedarQuestion } from './question.ts';

/** A rule with where it stands, its text, and what it says about itself. */
type Rule = {
  readonly file: string;
  readonly text: string;
  readonly note: PolicyNote;
  /** Cedar's JSON of the rule. */
  readonly json: string;
};

const EXAMPLE_GRANT: Grant = { mode: 'full', minutes: 1 };

const messagesOf = (file: string, errors: readonly DetailedError[]): readonly string[] =>
  errors.map(({ message, help }) => `${file}: ${message}${help === null ? '' : ` (${help})`}`);

/** Reads the rules of a file, and what is wrong with each. */
const readRules = ({ name, text }: PolicyFile): readonly (Rule | string)[] => {
  const parts = policySetTextToParts(text);
  if (parts.type === 'failure') {
    return messagesOf(name, parts.errors);
  }
  if (parts.policy_templates.length > 0) {
    return [`${name}: a template decides nothing; write a policy for each case.`];
  }
  return parts.policies.flatMap((rule, index): readonly (Rule | string)[] => {
    const read = policyToJson(rule);
    if (read.type === 'failure') {
      return messagesOf(name, read.errors);
    }
    const { annotations = {}, effect } = read.json;
    const where = annotations['id'] ?? `policy ${index + 1}`;
    const note = readAnnotations(annotations, effect);
    return 'problems' in note
      ? note.problems.map((problem) => `${name}: ${where} ${problem}`)
      : [{ file: name, text: rule, note, json: JSON.stringify(read.json.conditions) }];
  });
};

const duplicates = (rules: readonly Rule[]): readonly string[] => {
  const seen = new Set<string>();
  return rules.flatMap(({ file, note: { id } }) => {
    const isKnown = seen.has(id);
    seen.add(id);
    return isKnown ? [`${file}: ${id} is the @id of another policy, too`] : [];
  });
};

/** What Cedar's validator finds. A warning refuses as an error does: a rule that never applies protects nobody. */
const validationProblems = (schema: PolicyFile, rules: readonly Rule[]): readonly string[] => {
  const staticPolicies = Object.fromEntries(rules.map(({ note, text }) => [note.id, text]));
  const answer = validate({ schema: schema.text, policies: { staticPolicies } });
  if (answer.type === 'failure') {
    return messagesOf(schema.name, answer.errors);
  }
  const fileOf = new Map(rules.map(({ note, file }) => [note.id, file]));
  const found = [...answer.validationErrors, ...answer.validationWarnings];
  return [
    ...found.flatMap(({ policyId, error }) =>
      messagesOf(`${fileOf.get(policyId) ?? ''}: ${policyId}`, [error]),
    ),
    ...messagesOf(schema.name, answer.otherWarnings),
  ];
};

/** Whether the schema takes every question that the backend can ask. */
const schemaProblems = (schema: PolicyFile, attributes: AttributeNames): readonly string[] => {
  const problems = exampleFacts(attributes).flatMap((facts) => {
    const { context, entities } = cedarQuestion(facts, EXAMPLE_GRANT);
    return [
      checkParseContext({ context, schema: schema.text, action: ACT_AS }),
      checkParseEntities({ entities, schema: schema.text }),
    ].flatMap((answer) =>
      answer.type === 'failure' ? messagesOf(schema.name, answer.errors) : [],
    );
  });
  return [...new Set(problems)];
};

/** Which of Cedar's names for something stand in any rule. */
const mentions = (rules: readonly Rule[], names: readonly string[]): boolean =>
  rules.some(({ json }) => names.some((name) => json.includes(`"${name}"`)));

/**
 * Checks a folder of policies as a whole and has Cedar hold it ready. Clean means: no error and no warning of
 * Cedar's, each policy with an id of its own, no annotation that means nothing, and a schema that takes whatever
 * the backend asks.
 * @throws {PolicyFolderError} naming everything that is wrong.
 */
export const compilePolicies = (
  folder: PolicyFolder,
  attributes: AttributeNames,
): Omit<PreparedPolicies, 'onFailure'> => {
  const [schema, ...others] = folder.schemas;
  if (!schema || others.length > 0) {
    throw new PolicyFolderError([
      `A folder of policies has one file that ends in .cedarschema; this one has ${folder.schemas.length}.`,
    ]);
  }
  const read = folder.policies.flatMap(readRules);
  const rules = read.filter((rule) => typeof rule !== 'string');
  const problems = [
    ...read.filter((rule) => typeof rule === 'string'),
    ...(read.length === 0 ? ['There is no policy, so that nothing would be allowed.'] : []),
    ...duplicates(rules),
  ];
  if (problems.length === 0) {
    problems.push(...validationProblems(schema, rules), ...schemaProblems(schema, attributes));
  }
  if (problems.length > 0) {
    throw new PolicyFolderError(problems);
  }
  const { hash } = folder;
  const staticPolicies = Object.fromEntries(rules.map(({ note, text }) => [note.id, text]));
  for (const answer of [
    preparseSchema(hash, schema.text),
    preparsePolicySet(hash, { staticPolicies }),
  ]) {
    if (answer.type === 'failure') {
      throw new PolicyFolderError(messagesOf(schema.name, answer.errors));
    }
  }
  return {
    hash,
    notes: new Map(rules.map(({ note }) => [note.id, note])),
    looksAt: {
      agent: true,
      signIn: mentions(rules, ['authAgeSeconds', 'authMethods', 'authClass']),
      counts: mentions(rules, ['launchesLastHour', 'activeSessions']),
    },
  };
};
