import { consentKey } from '../../memory.ts';
import type { InteractionCheck } from './interaction-check.ts';

/** A third-party client needs the user's consent once. @see Auth0 documentation, "User Consent and Third-Party Applications" */
export const consentNeeded: InteractionCheck = ({ context, client, user }) =>
  client.is_first_party || context.memory.consents.has(consentKey(user.user_id, client.client_id))
    ? undefined
    : 'consent';
