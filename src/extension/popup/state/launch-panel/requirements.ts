import type { LaunchRequirements } from '../../../../contract/agent.ts';
import type { LaunchOutlook } from '../../../messages/launch/preview-launch.ts';

/**
 * What this launch must carry: what the backend's preview of it says, or, without a preview, what the company's
 * policy says for every launch.
 */
export const requirementsFor = (
  general: LaunchRequirements,
  outlook: LaunchOutlook | undefined,
): LaunchRequirements => {
  const needs = outlook?.preview?.needs;
  if (!needs) {
    return general;
  }
  return {
    reason: { ...general.reason, required: needs.includes('reason') },
    ticket: { ...general.ticket, required: needs.includes('ticket') },
  };
};
