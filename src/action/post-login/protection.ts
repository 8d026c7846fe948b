import type { PostLoginEvent } from './event.ts';

/** Who must never be acted for. */
export type ProtectionRules = {
  /** Roles of protected people, staff included. */
  readonly roles: readonly string[];
  /** Key in `app_metadata`; anything but its absence, `false` or `null` protects. */
  readonly metadataKey: string;
  /** The connections that hold customers; everybody else is staff. */
  readonly customerConnections: readonly string[];
  /** Connections besides those that a customer's account may be linked to, such as social ones. */
  readonly linkedConnectionsAllowed: readonly string[];
};

type JudgedEvent = Pick<PostLoginEvent, 'user' | 'authorization' | 'connection'>;

const normalized = (role: string): string => role.trim().toLowerCase();

const identityReason = (event: JudgedEvent, rules: ProtectionRules): string | undefined => {
  const { customerConnections, linkedConnectionsAllowed } = rules;
  if (!event.connection || !customerConnections.includes(event.connection.name)) {
    return 'This account is not a customer account.';
  }
  const identities = event.user.identities ?? [];
  if (identities.length === 0) {
    return 'The identities of this account are not known.';
  }
  const allowed = [...customerConnections, ...linkedConnectionsAllowed];
  return identities.every(({ connection }) => allowed.includes(connection))
    ? undefined
    : 'This account is linked to one that is not a customer account.';
};

/**
 * Says why this customer may not be acted for, or `undefined` when they may. What is not known
 * protects: roles, identities or connection that the event lacks are no permission.
 */
export const protectionReason = (
  event: JudgedEvent,
  agentId: string,
  rules: ProtectionRules,
): string | undefined => {
  if (event.user.user_id === agentId) {
    return 'Nobody may act as themselves.';
  }
  const mark = event.user.app_metadata?.[rules.metadataKey];
  if (mark !== undefined && mark !== null && mark !== false) {
    return 'This account is protected.';
  }
  const notACustomer = identityReason(event, rules);
  if (notACustomer) {
    return notACustomer;
  }
  if (!event.authorization) {
    return 'The roles of this account are not known.';
  }
  const protectedRoles = rules.roles.map(normalized);
  return event.authorization.roles.some((role) => protectedRoles.includes(normalized(role)))
    ? 'This account has a protected role.'
    : undefined;
};
