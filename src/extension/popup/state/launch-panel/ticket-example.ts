/** How often a part that may repeat is written in the example. */
const REPEATED = 3;

type Reader = { readonly pattern: string; at: number; digits: number };

const nextDigit = (reader: Reader): string => {
  reader.digits += 1;
  return String(reader.digits % 10);
};

/** Reads `+`, `*`, `?` or `{n,m}`: the fewest repetitions that still look like a ticket. */
const readCount = (reader: Reader): number => {
  const quantifier = /^(?:[*?]|\+|\{(\d+)(?:,\d*)?\})\??/.exec(reader.pattern.slice(reader.at));
  if (!quantifier) {
    return 1;
  }
  reader.at += quantifier[0].length;
  if (quantifier[1] !== undefined) {
    return Number(quantifier[1]);
  }
  return quantifier[0].startsWith('+') ? REPEATED : 0;
};

/** Reads one character, class, escape or group, and gives what writes an example of it. */
const readAtom = (reader: Reader): (() => string) => {
  const rest = reader.pattern.slice(reader.at);
  const group = /^\((?:\?:|\?<\w+>)?/.exec(rest);
  if (group) {
    reader.at += group[0].length;
    const text = readAlternatives(reader);
    return () => text;
  }
  const [atom = ''] = /^(?:\\.|\[[^\]]*\]|.)/su.exec(rest) ?? [];
  reader.at += atom.length;
  if (atom === '\\d' || /^\[(?:0|1)-9/.test(atom)) {
    return () => nextDigit(reader);
  }
  if (atom === '\\w') {
    return () => 'A';
  }
  if (atom.startsWith('[^')) {
    return () => '';
  }
  if (atom.startsWith('[')) {
    return () => atom.charAt(1);
  }
  if (atom === '^' || atom === '$') {
    return () => '';
  }
  return () => (atom.startsWith('\\') ? atom.slice(1) : atom);
};

/** Reads up to the end of a group and gives an example of its first alternative. */
const readAlternatives = (reader: Reader): string => {
  let example = '';
  let isFirst = true;
  while (reader.at < reader.pattern.length && reader.pattern[reader.at] !== ')') {
    if (reader.pattern[reader.at] === '|') {
      isFirst = false;
      reader.at += 1;
      continue;
    }
    const write = readAtom(reader);
    const count = readCount(reader);
    if (isFirst) {
      example += Array.from({ length: count }, write).join('');
    }
  }
  reader.at += 1;
  return example;
};

/**
 * Makes up a ticket that a pattern accepts, to show an agent what is wanted: `SUP-123` for `^SUP-\d+$`.
 * Gives nothing for a pattern that it cannot read. Every example is checked against the pattern.
 */
export const ticketExample = (pattern: string | undefined): string | undefined => {
  if (pattern === undefined) {
    return undefined;
  }
  const example = readAlternatives({ pattern, at: 0, digits: 0 });
  try {
    return example !== '' && new RegExp(pattern, 'u').test(example) ? example : undefined;
  } catch {
    // This browser cannot read the pattern, so there is no example. The backend still checks the ticket.
    return undefined;
  }
};
