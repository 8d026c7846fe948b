import { message } from '../../../messages/texts/text.ts';
import type { FieldError, PanelField } from '../../state/launch-panel/draft-check.ts';

/** The element id of what is said about a field. */
export const messageId = (field: PanelField): string => `${field}-message`;

/** What a field lacks, announced when it appears. */
export const FieldMessage = ({
  field,
  error,
}: {
  field: PanelField;
  error: FieldError | undefined;
}) => (
  <p id={messageId(field)} class="field-message" aria-live="polite">
    {error && message(error.key, error.substitutions)}
  </p>
);
