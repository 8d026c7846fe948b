import { RECORD_URL_MAX_CHARACTERS } from '../../../contract/record.ts';
import { SEARCH_MAX_CHARACTERS } from '../../../contract/search-limits.ts';

// What a page supplies is a search term or a key to look for, and nothing else.

/** Selections beyond this are somebody's whole page, in characters. */
const SELECTION_MAX_CHARACTERS = 10_000;
const LINE_BREAKS = /[\t-\r\u0085\u2028\u2029]+/gu;
const WHITESPACE = /\s+/gu;
/** Controls, marks that reorder or show as nothing, and what is no character. Joiners stay: names need them. */
const NOT_TEXT =
  /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad]|[\ufff0-\uffff]|\p{Cc}|\p{Cs}/gu;
const ADDRESS = /[^\s@<>"(),;:\\[\]]{1,64}@[^\s@<>"(),;:\\[\]]{1,255}/gu;
const AROUND_ADDRESS = /^['.!?]+|['.!?]+$/g;

const visible = (text: string): string =>
  text.slice(0, SELECTION_MAX_CHARACTERS).replace(LINE_BREAKS, ' ').replace(NOT_TEXT, '');

/** Gives a page's text as a search term: on one line, visible characters only, not too long. */
export const searchTermOf = (text: string): string =>
  visible(text)
    .replace(WHITESPACE, ' ')
    .trim()
    .slice(0, SEARCH_MAX_CHARACTERS)
    .replace(NOT_TEXT, '')
    .trim();

/** Gives the e-mail address in a text, if it is the only one in it. */
export const addressIn = (text: string): string | undefined => {
  const found = visible(text).match(ADDRESS) ?? [];
  const [first, ...others] = new Set(found.map((each) => each.replace(AROUND_ADDRESS, '')));
  return others.length === 0 ? first : undefined;
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A malformed escape stands for itself.
    return text;
  }
};

/** Gives the recipients of a `mailto:` link, decoded, or `undefined` for any other link. @see RFC 6068 §2 */
export const recipientsOf = (link: string): string | undefined =>
  /^mailto:/i.test(link) ? decode(link.slice('mailto:'.length).split('?')[0] ?? '') : undefined;

/** Gives the address of a web page as a key: without credentials and fragment; nothing for any other address. */
export const recordUrlOf = (address: string | undefined): string | undefined => {
  const url = address === undefined ? null : URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    return undefined;
  }
  url.username = '';
  url.password = '';
  url.hash = '';
  return url.href.length <= RECORD_URL_MAX_CHARACTERS ? url.href : undefined;
};
