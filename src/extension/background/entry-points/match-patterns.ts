import type { RecordPattern } from '../../../contract/record.ts';

const PLAIN_LABEL = /^[a-z0-9-]+$/i;
/** What has a meaning of its own in a URLPattern. */
const SPECIAL = /[:*({\\+?]/;

const coarseHost = (hostname: string): string => {
  const labels = hostname.split('.');
  const lastSpecial = labels.findLastIndex((label) => !PLAIN_LABEL.test(label));
  if (lastSpecial === -1) {
    return hostname;
  }
  const plain = labels.slice(lastSpecial + 1);
  return plain.length === 0 ? '*' : `*.${plain.join('.')}`;
};

/**
 * Gives a match pattern for everything that a URLPattern matches, and more: match patterns know no
 * groups, and in Firefox no ports. Nothing for a pattern that is none or not of web pages.
 */
const coarsePattern = (urlPattern: string): string | undefined => {
  let parsed: URLPattern;
  try {
    parsed = new URLPattern(urlPattern);
  } catch {
    // Another browser's syntax, or none: such records can still be found by their address.
    return undefined;
  }
  const scheme = ['http', 'https'].includes(parsed.protocol) ? parsed.protocol : '*';
  const path = parsed.pathname;
  const end = path.search(SPECIAL);
  const prefix = end === -1 ? path : path.slice(0, end);
  return `${scheme}://${coarseHost(parsed.hostname)}${prefix.startsWith('/') ? prefix : '/'}*`;
};

/** Gives the match patterns that hold every address of a customer's record, each once. */
export const matchPatternsOf = (
  patterns: readonly Pick<RecordPattern, 'urlPattern'>[],
): readonly string[] => [
  ...new Set(patterns.flatMap(({ urlPattern }) => coarsePattern(urlPattern) ?? [])),
];

/** Tells whether an address is of a customer's record, as far as that is known here. The backend decides. */
export const isRecordUrl = (
  url: string,
  patterns: readonly Pick<RecordPattern, 'urlPattern'>[],
): boolean =>
  patterns.some(({ urlPattern }) => {
    try {
      return new URLPattern(urlPattern).test(url);
    } catch {
      // This browser cannot tell; the backend can.
      return true;
    }
  });
