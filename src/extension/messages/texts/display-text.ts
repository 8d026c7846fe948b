/** Characters that would change how the text around them reads, or that show as nothing at all. */
const REORDERING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const INVISIBLE =
  /[\u200b\u2060-\u2064\ufeff\u00ad]|\p{Cc}|[\ufff0-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;
/** The flags of England, Scotland and Wales: the only emoji that are written with invisible tags. */
const TAGGED_FLAG = /(\p{RGI_Emoji_Tag_Sequence})/v;
const WHITESPACE = /\s+/gu;

/** The parts of a text between its tagged flags, and the flags themselves at every odd place. */
const replaceOutsideFlags = (text: string): string =>
  text
    .split(TAGGED_FLAG)
    .map((part, place) => (place % 2 === 1 ? part : part.replace(INVISIBLE, '\ufffd')))
    .join('');

/**
 * Gives a foreign text in a form that can stand in our sentences: on one line, well-formed, without
 * characters that reorder what follows. Each such character is shown as U+FFFD, so that nobody takes
 * a doctored name for the plain one. Joiners and the tags of a flag stay: emoji and several scripts need
 * them.
 */
export const displayText = (text: string): string =>
  replaceOutsideFlags(
    text.toWellFormed().replace(WHITESPACE, ' ').replace(REORDERING, '\ufffd'),
  ).trim();

/** More of a name would bury the sentence that it stands in. */
const MAX_IN_SENTENCE = 48;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

/**
 * Gives a foreign text as a part of one of our sentences: shortened where it is long, and kept apart where
 * it is written from right to left, so that the words around it stay in their order.
 */
export const inSentence = (text: string): string => {
  const characters = [...displayText(text)];
  const shown =
    characters.length > MAX_IN_SENTENCE
      ? `${characters.slice(0, MAX_IN_SENTENCE).join('').trim()}…`
      : characters.join('');
  return RIGHT_TO_LEFT.test(shown) ? `\u2068${shown}\u2069` : shown;
};
