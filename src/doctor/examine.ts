import { ManagementRefusalError } from '../setup/tenant/management-api.ts';
import { checkExchange, checkLogin } from './checks/actions.ts';
import { checkAgents, checkApi, checkRoles } from './checks/api-and-roles.ts';
import { checkApplications } from './checks/applications.ts';
import { checkConnections, checkOrganizations } from './checks/connections.ts';
import { checkLoginRoutes } from './checks/login-routes.ts';
import { checkManagementKeys } from './checks/management-keys.ts';
import { checkDomains, checkSecondFactor, checkThrottling } from './checks/protection.ts';
import { checkBackendScopes, checkOthers } from './checks/rights.ts';
import { checkSeenAddresses } from './checks/seen-addresses.ts';
import {
  checkAddresses,
  checkClock,
  checkKeys,
  checkPlan,
  checkRate,
} from './checks/surroundings.ts';
import { type Line, unknownLine } from './line.ts';
import type { Check, Patient } from './patient.ts';

/** Every check, in the order of the report: what launches need first. */
const CHECKS: readonly (readonly [string, Check])[] = [
  ['applications', checkApplications],
  ['management keys', checkManagementKeys],
  ['api', checkApi],
  ['roles', checkRoles],
  ['agents', checkAgents],
  ['exchange', checkExchange],
  ['login', checkLogin],
  ['connections', checkConnections],
  ['organizations', checkOrganizations],
  ['login routes', checkLoginRoutes],
  ['second factor', checkSecondFactor],
  ['domains', checkDomains],
  ['backend scopes', checkBackendScopes],
  ['others', checkOthers],
  ['throttling', checkThrottling],
  ['plan', checkPlan],
  ['addresses', checkAddresses],
  ['launches in the log', checkSeenAddresses],
  ['keys', checkKeys],
  ['clock', checkClock],
  ['rate', checkRate],
];

/**
 * Looks at everything and changes nothing. What the operator's token may not read, or the plan does not
 * have, is a line that says so; it hides nothing else.
 * @throws {ManagementUnreachableError} when the tenant does not answer.
 */
export const examine = async (patient: Patient): Promise<readonly Line[]> => {
  const lines: Line[] = [];
  for (const [name, check] of CHECKS) {
    try {
      lines.push(...(await check(patient)));
    } catch (error) {
      if (!(error instanceof ManagementRefusalError)) {
        throw error;
      }
      const claim = {
        id: `unread.${name.replaceAll(' ', '_')}`,
        title: `What there is to see of: ${name}`,
        wanted: 'to be read',
        why: 'The operator’s token lacks a scope, or the plan lacks the feature.',
      };
      lines.push(unknownLine(claim, error.message));
    }
  }
  return lines;
};
