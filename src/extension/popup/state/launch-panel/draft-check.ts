import type { LaunchRequirements } from '../../../../contract/agent.ts';
import type { Organization } from '../../../../contract/customer.ts';
import type { TargetApp } from '../../../../contract/target-app.ts';
import type { Draft } from '../../../messages/launch/draft.ts';
import type { TextKey } from '../../../messages/texts/text.ts';
import { ticketExample } from './ticket-example.ts';

/** The fields of the launch panel that can be incomplete, from top to bottom. */
export const PANEL_FIELDS = ['target-app', 'organization', 'reason', 'ticket'] as const;
export type PanelField = (typeof PANEL_FIELDS)[number];

/** What a field lacks: the key of a text and what is filled into it. */
export type FieldError = { readonly key: TextKey; readonly substitutions: readonly string[] };

const lacks = (key: TextKey, ...substitutions: readonly string[]): FieldError => ({
  key,
  substitutions,
});

const reasonError = (draft: Draft, { reason }: LaunchRequirements): FieldError | undefined => {
  const { length } = [...draft.reason.trim()];
  if (length === 0) {
    return reason.required ? lacks('reasonMissing') : undefined;
  }
  return length < reason.minLength ? lacks('reasonShort', String(reason.minLength)) : undefined;
};

const matches = (text: string, pattern: string): boolean => {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    // This browser cannot read the pattern. The backend still checks the ticket.
    return true;
  }
};

const ticketError = (draft: Draft, { ticket }: LaunchRequirements): FieldError | undefined => {
  const text = draft.ticket.trim();
  if (text === '') {
    return ticket.required ? lacks('ticketMissing') : undefined;
  }
  const isGood = ticket.pattern === undefined || matches(text, ticket.pattern);
  if (isGood) {
    return undefined;
  }
  const example = ticketExample(ticket.pattern);
  return example === undefined ? lacks('ticketForm') : lacks('ticketFormExample', example);
};

/** Tells what a launch would still be refused for, as far as that is known here. The backend decides. */
export const checkDraft = (
  draft: Draft,
  app: TargetApp | undefined,
  organizations: readonly Organization[],
  requirements: LaunchRequirements,
): Partial<Record<PanelField, FieldError>> => {
  const belongs = organizations.some(({ id }) => id === draft.organizationId);
  const organization =
    app?.organizationUsage === 'require' && !belongs
      ? lacks(organizations.length === 0 ? 'organizationMissing' : 'chooseOrganization')
      : undefined;
  const reason = reasonError(draft, requirements);
  const ticket = ticketError(draft, requirements);
  return {
    ...(!app && { 'target-app': lacks('chooseApp') }),
    ...(organization && { organization }),
    ...(reason && { reason }),
    ...(ticket && { ticket }),
  };
};
