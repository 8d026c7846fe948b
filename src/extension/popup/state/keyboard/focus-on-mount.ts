/** A `ref` that focuses an element once, when it appears. An inline function would focus it after every redraw. */
export const focusOnMount = (element: HTMLElement | null): void => element?.focus();
