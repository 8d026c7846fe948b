/** A value that views show. Setting it draws the popup anew. */
export type Cell<Value> = { value: Value };

const drawers = new Set<() => void>();
let scheduled = false;

const schedule = (): void => {
  if (scheduled) {
    return;
  }
  scheduled = true;
  queueMicrotask(() => {
    scheduled = false;
    for (const draw of drawers) {
      draw();
    }
  });
};

/** Calls back once after all cells that changed in one turn. */
export const onCellsChanged = (draw: () => void): void => {
  drawers.add(draw);
};

/**
 * Makes a {@link Cell}. The popup is small enough to be drawn from its root: this is all the state
 * management that it needs, at a hundredth of a library's size.
 */
export const createCell = <Value>(initial: Value): Cell<Value> => {
  let current = initial;
  return {
    get value() {
      return current;
    },
    set value(next) {
      if (Object.is(current, next)) {
        return;
      }
      current = next;
      schedule();
    },
  };
};
