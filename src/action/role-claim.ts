/**
 * The ID-token claim that carries the agent's roles from the post-login Action to the
 * custom-token-exchange Action, which has no roles of its own. Auth0 wants custom claims namespaced by
 * a URL; it is never fetched.
 * @see Auth0 "Create Custom Claims"
 */
export const ROLE_CLAIM = 'https://understudy.example/roles';
