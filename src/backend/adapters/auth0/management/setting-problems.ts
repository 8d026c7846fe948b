import type { ManagementClient } from 'auth0';
import {
  extensionRequirements,
  REQUESTING_REQUIREMENTS,
  TARGET_REQUIREMENTS,
} from '../../../../tenant-settings/client-requirements.ts';
import { unmetRequirements } from '../../../../tenant-settings/describe-unmet.ts';
import { FIREFOX_REDIRECT_ORIGIN } from '../../../../tenant-settings/extension-ids.ts';
import { jsonObjectSchema } from '../../../../tenant-settings/json.ts';
import { BACKEND_SCOPES } from '../../../../tenant-settings/management-scopes.ts';
import type { Requirement } from '../../../../tenant-settings/requirement.ts';
import { managementAnswer } from './management.ts';

/**
 * Names the scopes of the backend's own token that it must not have: a machine that always runs must not be
 * able to change the tenant.
 */
export const scopeProblems = (scope: string | undefined): readonly string[] => {
  const allowed: readonly string[] = BACKEND_SCOPES;
  const extra = (scope ?? '').split(' ').filter((name) => name !== '' && !allowed.includes(name));
  return extra.length === 0
    ? []
    : [
        `auth0.managementClientId: the tenant lets this client do more than the backend needs; take away ${extra.join(' ')}`,
      ];
};

/** What is wrong with an application of the tenant; one that is not there has one problem. */
export type ApplicationProblems = {
  readonly exists: boolean;
  readonly problems: readonly string[];
};

const problemsOf = async (
  management: ManagementClient,
  field: string,
  clientId: string,
  requirements: readonly Requirement[],
): Promise<ApplicationProblems> => {
  const client = await managementAnswer(management.clients.get(clientId));
  if (!client) {
    return {
      exists: false,
      problems: [`${field}: the tenant has no application "${clientId}"`],
    };
  }
  // The SDK gives what the tenant sent, so what is plain JSON stays so.
  const plain = jsonObjectSchema.parse(JSON.parse(JSON.stringify(client)));
  const problems = unmetRequirements(plain, requirements).map(
    ({ requirement, found, wanted }) =>
      `${field}: ${requirement.field} of the application is ${found}, must be ${wanted}. ${requirement.why}`,
  );
  return { exists: true, problems };
};

/** Says why no launch at all could succeed with the requesting application as it is. */
export const requestingSettingProblems = (
  management: ManagementClient,
  clientId: string,
): Promise<ApplicationProblems> =>
  problemsOf(management, 'auth0.requestingClientId', clientId, REQUESTING_REQUIREMENTS);

/** Says what would be in agents' way at the extension's application. */
export const extensionSettingProblems = (
  management: ManagementClient,
  clientId: string,
  extensionIds: readonly string[],
): Promise<ApplicationProblems> =>
  problemsOf(
    management,
    'auth0.extensionClientId',
    clientId,
    extensionRequirements({
      chromeIds: extensionIds,
      firefoxRedirectOrigin: FIREFOX_REDIRECT_ORIGIN,
    }),
  );

/** Says what would be in the way of launches into the configured target apps. */
export const targetSettingProblems = async (
  management: ManagementClient,
  clientIds: readonly string[],
): Promise<readonly string[]> => {
  const problems = await Promise.all(
    clientIds.map((id) => problemsOf(management, `targetApps.${id}`, id, TARGET_REQUIREMENTS)),
  );
  return problems.flatMap((app) => app.problems);
};
