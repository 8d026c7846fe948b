/** A `ref` that gives an element the focus once, when it appears. Not after every redraw, as a function of its own would. */
export const focusOnMount = (element: HTMLElement | null): void => element?.focus();
