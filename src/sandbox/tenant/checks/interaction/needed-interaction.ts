import { consentNeeded } from './consent-needed.ts';
import type { Interaction } from './interaction.ts';
import type { InteractionCheck, SignOn } from './interaction-check.ts';
import { multifactorNeeded } from './multifactor-needed.ts';

/** First who it is, then what they agree to. */
const orderedInteractionChecks: readonly InteractionCheck[] = [multifactorNeeded, consentNeeded];

/** The next thing that the person has to do, if anything. */
export const neededInteraction = (signOn: SignOn): Interaction | undefined => {
  for (const check of orderedInteractionChecks) {
    const interaction = check(signOn);
    if (interaction) {
      return interaction;
    }
  }
  return undefined;
};
