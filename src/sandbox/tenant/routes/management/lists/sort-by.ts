/** Sorts by `field:1` or `field:-1`; anything else keeps the order. */
export const sortBy = <T extends object>(items: readonly T[], sort: string | undefined): T[] => {
  const [field, direction] = sort?.split(':') ?? [];
  if (!field || (direction !== '1' && direction !== '-1')) {
    return [...items];
  }
  const factor = Number(direction);
  const textOf = (item: T): string => String((item as Record<string, unknown>)[field] ?? '');
  return items.toSorted((a, b) => {
    const [left, right] = [textOf(a), textOf(b)];
    return left === right ? 0 : left < right ? -factor : factor;
  });
};
