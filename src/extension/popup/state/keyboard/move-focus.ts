/** Moves the focus among the search field and the rows beneath it, one step; stays at the ends. */
export const moveFocus = (step: 1 | -1): void => {
  const stops = [...document.querySelectorAll<HTMLElement>('#search, [data-row]')];
  const focused = stops.findIndex((stop) => stop.matches(':focus'));
  stops[focused + step]?.focus();
};

/** Arrow keys on a row. */
export const onRowKey = (event: KeyboardEvent): void => {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') {
    return;
  }
  event.preventDefault();
  moveFocus(event.key === 'ArrowDown' ? 1 : -1);
};
