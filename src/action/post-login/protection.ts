import type { PostLoginEvent } from './event.ts';

/** Who must never be acted for. */
export type ProtectionRules = {
  /** Roles of protected people, staff included. */
  readonly roles: readonly string[];
  /** Key in `app_metadata`; anything but its absence, `false` or `null` protects. */
  readonly metadataKey: string;
};

const normalized = (role: string): string => role.trim().toLowerCase();

/**
 * Says why this customer may not be acted for, or `undefined` when they may. Unknown roles protect:
 * not knowing is no permission.
 */
export const protectionReason = (
  event: Pick<PostLoginEvent, 'user' | 'authorization'>,
  agentId: string,
  rules: ProtectionRules,
): string | undefined => {
  if (event.user.user_id === agentId) return 'Nobody may act as themselves.';
  const mark = event.user.app_metadata?.[rules.metadataKey];
  if (mark !== undefined && mark !== null && mark !== false) return 'This account is protected.';
  if (!event.authorization) return 'The roles of this account are not known.';
  const protectedRoles = rules.roles.map(normalized);
  return event.authorization.roles.some((role) => protectedRoles.includes(normalized(role)))
    ? 'This account has a protected role.'
    : undefined;
};
