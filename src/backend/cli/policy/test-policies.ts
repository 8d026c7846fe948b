import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cedarPolicy } from '../../adapters/cedar/company-policy.ts';
import { compilePolicies } from '../../adapters/cedar/compile-policies.ts';
import type { AttributeNames } from '../../adapters/cedar/example-facts.ts';
import { PolicyFolderError, readPolicyFolder } from '../../adapters/cedar/policy-folder.ts';
import type { CompanyPolicy } from '../../ports/company-policy.ts';
import { type CaseFile, caseFileSchema } from './case-file.ts';
import { type CaseResult, runCases } from './run-cases.ts';

const CASES = '.policy.test.json';

/** A file of cases with what became of each. */
export type TestedFile = { readonly name: string; readonly results: readonly CaseResult[] };

const readCases = (folder: string, name: string): CaseFile => {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  } catch (cause) {
    throw new PolicyFolderError([`${name}: is not JSON`], { cause });
  }
  const parsed = caseFileSchema.safeParse(raw);
  if (!parsed.success) {
    throw new PolicyFolderError(
      parsed.error.issues.map(({ path, message }) => `${name}: ${path.join('.')}: ${message}`),
    );
  }
  return parsed.data;
};

/** The attributes that cases use: what the configuration maps is not at hand where only a folder is. */
const attributesIn = (files: readonly CaseFile[]): AttributeNames => {
  const situations = files.flatMap(({ given, cases }) => [...(given ? [given] : []), ...cases]);
  const names = (who: 'agent' | 'customer') => [
    ...new Set(situations.flatMap((situation) => Object.keys(situation[who]?.attributes ?? {}))),
  ];
  return { agent: names('agent'), customer: names('customer') };
};

/**
 * Opens the policies of a folder for a command.
 * @throws {PolicyFolderError} when they are not clean.
 */
export const openPolicies = (folder: string, attributes: AttributeNames): CompanyPolicy =>
  cedarPolicy({
    ...compilePolicies(readPolicyFolder(folder), attributes),
    // The decision itself says that a rule failed, and which.
    onFailure: () => undefined,
  });

/**
 * Runs all cases of a folder, the files named `*.policy.test.json`, by its own policies.
 * @throws {PolicyFolderError} when policies or cases cannot be used, or there is no case.
 */
export const testPolicies = (folder: string): readonly TestedFile[] => {
  const names = readdirSync(folder).filter((name) => name.endsWith(CASES));
  if (names.length === 0) {
    throw new PolicyFolderError([`${folder}: there is no file *${CASES}`]);
  }
  const files = names.sort().map((name) => ({ name, file: readCases(folder, name) }));
  const company = openPolicies(folder, attributesIn(files.map(({ file }) => file)));
  return files.map(({ name, file }) => ({ name, results: runCases(file, company) }));
};
