import { shownValue } from '../tenant-settings/describe-unmet.ts';
import { isJsonObject, type Json, type JsonObject } from '../tenant-settings/json.ts';
import {
  currentValue,
  isMet,
  patchFor,
  type Requirement,
  repairedValue,
} from '../tenant-settings/requirement.ts';
import { brokenLine, type Fix, type Line, rightLine } from './line.ts';

/** An object of the tenant whose settings are judged. */
export type Judged = {
  /** Begins the ids of its lines. */
  readonly id: string;
  /** What it is called in a sentence: `the application Shop`. */
  readonly title: string;
  readonly object: JsonObject;
  /** Its path below `/api/v2`. */
  readonly path: string;
  /** The section of auth0-deploy-cli and the name that it goes by there. */
  readonly section: string;
  readonly key: JsonObject;
  /** The resource of Auth0's Terraform provider. */
  readonly resource: string;
};

/** Fields that the provider has in a resource of their own, or spells differently. */
const TERRAFORM: Readonly<Record<string, string>> = {
  token_endpoint_auth_method: 'auth0_client_credentials: authentication_method',
  scopes: 'auth0_resource_server_scopes: scopes { name }',
};

const hcl = (value: Json): string =>
  isJsonObject(value)
    ? `{ ${Object.entries(value)
        .map(([name, inner]) => `${name} = ${hcl(inner)}`)
        .join(', ')} }`
    : JSON.stringify(value);

const terraformOf = (resource: string, field: string, value: Json): string => {
  const attribute = TERRAFORM[field];
  return attribute === undefined
    ? `${resource}: ${field} = ${hcl(value)}`
    : `${attribute} = ${hcl(value)}`;
};

const fixOf = (judged: Judged, requirement: Requirement): Fix => {
  const { object, path, section, key, resource } = judged;
  const body = patchFor(object, [requirement]) ?? {};
  return {
    calls: [{ method: 'PATCH', path, body }],
    deployCli: `${section}: [${JSON.stringify({ ...key, ...body })}]`,
    terraform: terraformOf(resource, requirement.field, repairedValue(object, requirement)),
    dashboard: requirement.dashboard ?? 'The dashboard does not have it.',
  };
};

const wantedOf = ({ rule, value }: Requirement): string => {
  switch (rule) {
    case 'equals':
      return shownValue(value);
    case 'one-of':
      return `one of ${shownValue(value)}`;
    case 'includes':
      return `with ${shownValue(value)}`;
    case 'at-least':
      return `at least ${shownValue(value)}`;
  }
};

/** Gives one line for each required setting of an object. */
export const settingLines = (
  judged: Judged,
  requirements: readonly Requirement[],
): readonly Line[] =>
  requirements.map((requirement) => {
    const claim = {
      id: `${judged.id}.${requirement.field}`,
      title: `${judged.title}: ${requirement.field}`,
      wanted: wantedOf(requirement),
      why: requirement.why,
    };
    const found = shownValue(currentValue(judged.object, requirement));
    return isMet(judged.object, requirement)
      ? rightLine(claim, found)
      : brokenLine(claim, found, fixOf(judged, requirement));
  });
