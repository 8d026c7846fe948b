import type { Ids } from '../../tenant-settings/call.ts';
import { idsOf } from '../files/record.ts';
import { type Change, joinPlans, type PartialPlan, type Planning } from './change.ts';
import { planActions, planBinding, planProfile } from './plan-actions.ts';
import { planApi } from './plan-api.ts';
import { planConnections, planOrganizations, planTargets } from './plan-apps.ts';
import { planClients, planManagementGrant } from './plan-clients.ts';
import { planManagementKeys } from './plan-management-keys.ts';
import { planFirstAgent, planRoles } from './plan-roles.ts';

/** Ids of what is there already: what a plan makes anew has none yet. */
const idsAfter = (planning: Planning, changes: readonly Change[]): Ids => {
  const made = new Set(changes.flatMap(({ makes }) => makes ?? []));
  return new Map([...idsOf(planning.record)].filter(([ref]) => !made.has(ref)));
};

/**
 * Compares the tenant with the description and gives what is missing or drifted, in the order in which it
 * has to be done. Reads only. An empty plan means that the tenant is as described.
 */
export const makePlan = async (planning: Planning): Promise<PartialPlan> => {
  const base = joinPlans([
    await planApi(planning),
    await planClients(planning),
    await planManagementKeys(planning),
    await planManagementGrant(planning),
    await planRoles(planning),
  ]);
  const withClients = idsAfter(planning, base.changes);
  const actions = await planActions(planning, withClients);
  const ids = idsAfter(planning, [...base.changes, ...actions.changes]);
  return joinPlans([
    base,
    actions,
    await planProfile(planning, ids),
    await planBinding(planning),
    await planTargets(planning),
    await planConnections(planning, ids),
    await planOrganizations(planning),
    await planFirstAgent(planning),
  ]);
};
