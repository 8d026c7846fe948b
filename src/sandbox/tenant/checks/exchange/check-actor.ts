import type { Actor } from '../../model.ts';
import { badRequest, type OAuthError } from '../../oauth-error.ts';
import type { UndocumentedChoices } from '../../undocumented-choices.ts';

const MAXIMUM_CUSTOM_PROPERTIES = 5;

/**
 * The actor that the Action set: a string `sub` and at most five custom properties, each a string,
 * boolean or number. Undefined when the Action set none.
 *
 * @see Auth0 documentation, "Custom Token Exchange: api.authentication.setActor"
 */
export const checkActor = (
  actor: unknown,
): { actor: Actor | undefined } | { error: OAuthError } => {
  if (actor === undefined) {
    return { actor: undefined };
  }
  const refuse = (description: string) => ({ error: badRequest('invalid_request', description) });
  if (typeof actor !== 'object' || actor === null || Array.isArray(actor)) {
    return refuse('The actor must be an object.');
  }
  const { sub, ...custom } = actor as Record<string, unknown>;
  if (typeof sub !== 'string' || sub === '') {
    return refuse('The actor needs a sub.');
  }
  const properties = Object.entries(custom);
  if (properties.length > MAXIMUM_CUSTOM_PROPERTIES) {
    return refuse('The actor may have five custom properties.');
  }
  if (properties.some(([, value]) => !['string', 'boolean', 'number'].includes(typeof value))) {
    return refuse('Properties of the actor are strings, booleans or numbers.');
  }
  return { actor: { sub, ...(custom as Record<string, string | boolean | number>) } };
};

/** A session transfer needs an actor. @see Auth0 documentation, "Session Delegation" */
export const actorRequired = (choices: UndocumentedChoices): OAuthError =>
  badRequest(choices.missingActorCode, 'setActor was not called.');
