import { PANEL_FIELDS, type PanelField } from '../launch-panel/draft-check.ts';

const controlOf = (field: PanelField): HTMLElement | null =>
  document.querySelector<HTMLElement>(
    `input[name="${field}"]:checked, input[name="${field}"]:not(:disabled), #${field}`,
  );

/** Puts the focus into the first field that lacks something; false where none does. */
export const focusFirstLacking = (lacking: Partial<Record<PanelField, unknown>>): boolean => {
  const field = PANEL_FIELDS.find((name) => lacking[name] !== undefined);
  const control = field === undefined ? null : controlOf(field);
  control?.focus();
  return control !== null;
};

/**
 * Puts the focus on the chosen app, where Enter launches. Only for a customer whom the agent chose in this
 * popup: whatever was prefilled must not be launched by a key that was meant for another page.
 */
export const focusChosenApp = (): void => controlOf('target-app')?.focus();

/** Scrolls the field that has the focus back into view, after what grew above it pushed it under the button. */
export const keepFieldInView = (): void =>
  document.activeElement?.closest('.field')?.scrollIntoView({ block: 'nearest' });
