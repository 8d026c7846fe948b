/**
 * What stands for the hash and for the id of the rules where the company has set none of its own: every launch that
 * is not refused otherwise is allowed.
 */
export const BUILT_IN_POLICY_NAME = 'built-in';
