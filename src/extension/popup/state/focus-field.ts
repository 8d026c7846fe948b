import { PANEL_FIELDS, type PanelField } from './draft-check.ts';

const controlOf = (field: PanelField): HTMLElement | null =>
  document.querySelector<HTMLElement>(
    `input[name="${field}"]:checked, input[name="${field}"]:not(:disabled), #${field}`,
  );

/** Puts the focus where the agent has something to do: the first field that lacks something, else the launch button. */
export const focusFirstLacking = (lacking: Partial<Record<PanelField, unknown>>): void => {
  const field = PANEL_FIELDS.find((name) => lacking[name] !== undefined);
  const control = field === undefined ? null : controlOf(field);
  (control ?? document.getElementById('act'))?.focus();
};
