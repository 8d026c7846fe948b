import { HOME_STATES } from './home-states.ts';
import { LAUNCH_STATES } from './launch-states.ts';
import { PANEL_STATES } from './panel-states.ts';
import { PREFILL_STATES } from './prefill-states.ts';

/** Every state of the popup that needs nothing of the agent, as what the worker answers in it. */
export const POPUP_STATES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ...HOME_STATES,
  ...PANEL_STATES,
  ...LAUNCH_STATES,
  ...PREFILL_STATES,
};
