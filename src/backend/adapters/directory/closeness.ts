import type { FoundCustomer } from '../../ports/customer-directory.ts';

/** Lower is closer: the whole value, the beginning of the name, the beginning of a word, anything else. */
const distanceOf = (term: string, { id, name, email }: FoundCustomer): number => {
  const text = name.toLowerCase();
  if ([text, email.toLowerCase(), id.toLowerCase()].includes(term)) {
    return 0;
  }
  if (text.startsWith(term) || email.toLowerCase().startsWith(term)) {
    return 1;
  }
  const words = text.split(/[\s,.'-]+/u);
  return term.split(/\s+/u).every((part) => words.some((word) => word.startsWith(part))) ? 2 : 3;
};

/** Customers with the closest matches of a term first; those equally close keep their order. */
export const byCloseness = (
  term: string,
  customers: readonly FoundCustomer[],
): readonly FoundCustomer[] => {
  const wanted = term.trim().toLowerCase();
  return customers.toSorted((a, b) => distanceOf(wanted, a) - distanceOf(wanted, b));
};
