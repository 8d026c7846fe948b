import type { ComponentChildren } from 'preact';
import type { FieldError, PanelField } from '../../state/launch-panel/draft-check.ts';
import { FieldMessage, messageId } from './field-message.tsx';

/** One radio button. `note` says why it cannot be chosen. */
export type Choice = {
  readonly value: string;
  readonly label: ComponentChildren;
  readonly note?: string | undefined;
  readonly disabled?: boolean;
};

/** Native radio buttons with a name for the group. */
export const ChoiceGroup = ({
  field,
  legend,
  choices,
  chosen,
  error,
  onChoose,
}: {
  field: PanelField;
  legend: string;
  choices: readonly Choice[];
  chosen: string | undefined;
  error: FieldError | undefined;
  onChoose: (value: string) => void;
}) => (
  <div
    class="group"
    role="radiogroup"
    aria-labelledby={`${field}-legend`}
    aria-describedby={messageId(field)}
  >
    <span id={`${field}-legend`} class="legend">
      {legend}
    </span>
    <div class="choices">
      {choices.map(({ value, label, note, disabled }) => (
        <label key={value} class="choice">
          <input
            type="radio"
            name={field}
            value={value}
            checked={value === chosen}
            disabled={disabled === true}
            aria-describedby={note === undefined ? undefined : `${field}-${value}-note`}
            onChange={() => onChoose(value)}
          />
          <span class="choice-label">{label}</span>
          {note !== undefined && (
            <span id={`${field}-${value}-note`} class="choice-note">
              {note}
            </span>
          )}
        </label>
      ))}
    </div>
    <FieldMessage field={field} error={error} />
  </div>
);
