import * as z from 'zod/mini';
import { grantSchema, stepUpSchema } from '../../../contract/grant.ts';
import { launchIdSchema } from '../../../contract/ids.ts';
import { launchChoiceSchema } from '../../../contract/launch-choice.ts';
import { declareMessage } from '../wire/message-declaration.ts';
import { launchStatusSchema, openInSchema } from './launch-status.ts';

/**
 * The agent confirmed a launch. The view makes one id for each confirmation, so that a message that is sent twice
 * starts one launch only.
 */
export const launchRequestMessageSchema = z.extend(launchChoiceSchema, {
  id: launchIdSchema,
  openIn: openInSchema,
  /** The grant that the panel showed. The launch never gets more; if it would get less, it is refused. */
  grant: z.optional(grantSchema),
  /** The sign-in that the panel said the agent will be asked for first. */
  stepUp: z.optional(stepUpSchema),
  /** Signs out whoever is signed in on the login domain first. The agent has agreed to that. */
  clearLoginDomain: z.optional(z.boolean()),
});
export type LaunchRequestMessage = z.infer<typeof launchRequestMessageSchema>;

/**
 * Starts a launch; answered when the tab is open or the launch is over. A launch that began is answered with
 * what became of it, a refusal included; a problem means that none began.
 */
export const launch = declareMessage(
  'launch',
  'extension_page',
  launchRequestMessageSchema,
  launchStatusSchema,
);
