import type { AgentId } from '../../contract/ids.ts';
import type { LoadedCustomer } from '../ports/customer-directory.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** Who must never be acted for, besides marked accounts and oneself. */
export type ProtectionRules = {
  /** Role names that protect their holders: administrators, staff. */
  readonly roles: readonly string[];
  /** The connections that hold customers; everybody else is staff. */
  readonly customerConnections: readonly string[];
  /** Connections besides those that a customer's account may be linked to, such as social ones. */
  readonly linkedConnectionsAllowed: readonly string[];
};

const normalized = (role: string): string => role.trim().toLowerCase();

/** Whether one of the roles is among the wanted ones; case and surrounding spaces do not count. */
export const holdsRole = (roles: readonly string[], wanted: readonly string[]): boolean =>
  roles.some((role) => wanted.map(normalized).includes(normalized(role)));

/**
 * Refuses the agent's own account, marked accounts, holders of a protected role, and whoever is not in
 * a customers' connection or is linked to an account elsewhere: acting as an administrator is the classic
 * privilege escalation.
 */
export const refuseProtected = (
  customer: LoadedCustomer,
  agentId: AgentId,
  rules: ProtectionRules,
): Refusal | undefined => {
  const protectedBecause = (why: string) => refuse('customer_protected', why);
  if ((customer.id as string) === agentId) {
    return protectedBecause('This is your own account; nobody may act as themselves.');
  }
  const { customerConnections, linkedConnectionsAllowed } = rules;
  if (!customerConnections.includes(customer.connection)) {
    return protectedBecause('This account is not a customer account.');
  }
  const allowed = [...customerConnections, ...linkedConnectionsAllowed];
  if (!customer.otherConnections.every((connection) => allowed.includes(connection))) {
    return protectedBecause('This account is linked to one that is not a customer account.');
  }
  if (customer.markedProtected) {
    return protectedBecause('This account is marked as protected.');
  }
  return holdsRole(customer.roles, rules.roles)
    ? protectedBecause('This account holds a protected role.')
    : undefined;
};
