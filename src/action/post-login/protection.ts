import type { PostLoginEvent } from './event.ts';

/** Who must never be acted for. */
export type ProtectionRules = {
  /** Roles of protected people, staff included. */
  readonly roles: readonly string[];
  /** Key in `app_metadata`; its value `true` protects. */
  readonly metadataKey: string;
};

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
  if (event.user.app_metadata?.[rules.metadataKey] === true) return 'This account is protected.';
  if (rules.roles.length === 0) return undefined;
  if (!event.authorization) return 'The roles of this account are not known.';
  return event.authorization.roles.some((role) => rules.roles.includes(role))
    ? 'This account has a protected role.'
    : undefined;
};
