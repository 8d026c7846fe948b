import { unchoose } from './choose.ts';
import { dismiss } from './launch-action.ts';
import { draft, shownLaunch } from './state.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && target.type === 'text');

const stepBack = (): boolean => {
  const launch = shownLaunch();
  if (launch) {
    if (launch.state === 'requested' || launch.state === 'issued' || launch.ending) return true;
    void dismiss(launch.id);
    return true;
  }
  if (draft.value.customerId === undefined) return false;
  unchoose();
  return true;
};

const goToSearch = (): void => {
  if (!shownLaunch() && draft.value.customerId !== undefined) unchoose();
  document.getElementById('search')?.focus();
};

/** Keys that work in every view: Escape goes one step back, `/` goes to the search. Only where there is no step left does Escape close the popup. */
export const onPopupKey = (event: KeyboardEvent): void => {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key === 'Escape' && stepBack()) event.preventDefault();
  if (event.key === '/' && !isTyping(event.target)) {
    event.preventDefault();
    goToSearch();
  }
};
