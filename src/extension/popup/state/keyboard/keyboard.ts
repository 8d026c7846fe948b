import { inBackground } from '../../../in-background.ts';
import { choose, unchoose } from '../choose.ts';
import { dismiss } from '../launch/launch-action.ts';
import { leavePrefill, shownPrefill } from '../prefill.ts';
import { draft, isUnderWay, shownLaunch, snapshot } from '../state.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && target.type === 'text');

/** Set by a slash in the empty search field: digits that follow are searched for and do not choose a recent pair. */
let digitsAreText = false;

const stepBack = (): boolean => {
  const launch = shownLaunch();
  const prefill = shownPrefill();
  if (launch && isUnderWay(launch)) {
    return true;
  }
  if (prefill) {
    leavePrefill(prefill);
  } else if (launch) {
    inBackground(dismiss(launch.id), 'putting a launch away');
  } else if (draft.value.customerId !== undefined) {
    unchoose();
  } else {
    return false;
  }
  return true;
};

const goToSearch = (): void => {
  if (!shownLaunch() && draft.value.customerId !== undefined) {
    unchoose();
  }
  document.getElementById('search')?.focus();
};

const isHome = (): boolean =>
  snapshot.value?.setUp.due !== true &&
  !shownLaunch() &&
  !shownPrefill() &&
  draft.value.customerId === undefined &&
  draft.value.query === '';

const chooseRecent = (event: KeyboardEvent): boolean => {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!isPlain || !/^[1-9]$/.test(event.key) || !isHome() || digitsAreText) {
    return false;
  }
  const recent = snapshot.value?.recents[Number(event.key) - 1];
  if (!recent || recent.gone) {
    return false;
  }
  choose(recent.customerId, recent.targetAppId);
  return true;
};

const submitPanel = (): boolean => {
  const act = document.getElementById('act');
  if (!(act instanceof HTMLButtonElement)) {
    return false;
  }
  act.form?.requestSubmit();
  return true;
};

const handle = (event: KeyboardEvent): boolean => {
  if (event.key === 'Escape') {
    return stepBack();
  }
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    return submitPanel();
  }
  if (event.key !== '/') {
    return chooseRecent(event);
  }
  const isEmptySearch = isTyping(event.target) && isHome();
  if (isTyping(event.target) && !isEmptySearch) {
    return false;
  }
  digitsAreText = isEmptySearch;
  goToSearch();
  return true;
};

/**
 * Keys that work in every view: Escape goes one step back, `/` to the search, Ctrl or Cmd with Enter
 * launches from the panel, 1 to 9 choose a recent pair. Only where there is no step left does Escape
 * close the popup.
 */
export const onPopupKey = (event: KeyboardEvent): void => {
  if (event.defaultPrevented || event.isComposing) {
    return;
  }
  if (handle(event)) {
    event.preventDefault();
  }
};
