import type { LaunchRequirements } from '../../../../contract/agent.ts';
import { message } from '../../../messages/texts/text.ts';
import type { FieldError } from '../../state/launch-panel/draft-check.ts';
import { ticketExample } from '../../state/launch-panel/ticket-example.ts';
import { changeDraft, draft } from '../../state/state.ts';
import { FieldMessage, messageId } from './field-message.tsx';

const hintOf = (required: boolean, minLength: number): string => {
  if (!required) {
    return message('optional');
  }
  return minLength > 1 ? message('minCharacters', [String(minLength)]) : message('required');
};

const ticketHint = ({ required, pattern }: LaunchRequirements['ticket']): string => {
  const example = ticketExample(pattern);
  if (example !== undefined && required) {
    return message('ticketExample', [example]);
  }
  return message(required ? 'required' : 'optional');
};

/** Enter launches, as everywhere in the panel; Shift+Enter is a new line. */
const submitOnEnter = (event: KeyboardEvent): void => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.repeat) {
    return;
  }
  event.preventDefault();
  if (event.currentTarget instanceof HTMLTextAreaElement) {
    event.currentTarget.form?.requestSubmit();
  }
};

/** Why, and for which ticket: what the ledger will say. */
export const RecordFields = ({
  requirements,
  reasonError,
  ticketError,
}: {
  requirements: LaunchRequirements;
  reasonError: FieldError | undefined;
  ticketError: FieldError | undefined;
}) => (
  <>
    <div class="field">
      <label for="reason">{message('reason')}</label>
      <span id="reason-hint" class="hint">
        {hintOf(requirements.reason.required, requirements.reason.minLength)}
      </span>
      <textarea
        id="reason"
        rows={2}
        dir="auto"
        maxLength={1000}
        value={draft.value.reason}
        aria-required={requirements.reason.required}
        aria-invalid={reasonError !== undefined}
        aria-describedby={`reason-hint ${messageId('reason')}`}
        onInput={(event) => changeDraft({ reason: event.currentTarget.value })}
        onKeyDown={submitOnEnter}
      />
      <FieldMessage field="reason" error={reasonError} />
    </div>
    <div class="field">
      <label for="ticket">{message('ticket')}</label>
      <span id="ticket-hint" class="hint">
        {ticketHint(requirements.ticket)}
      </span>
      <input
        id="ticket"
        type="text"
        autocomplete="off"
        spellcheck={false}
        maxLength={100}
        value={draft.value.ticket}
        aria-required={requirements.ticket.required}
        aria-invalid={ticketError !== undefined}
        aria-describedby={`ticket-hint ${messageId('ticket')}`}
        onInput={(event) => changeDraft({ ticket: event.currentTarget.value })}
      />
      <FieldMessage field="ticket" error={ticketError} />
    </div>
  </>
);
