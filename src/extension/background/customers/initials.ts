import { displayText } from '../../messages/texts/display-text.ts';

const GRAPHEMES = new Intl.Segmenter();

/** First letters of the first and the last word: enough to recognise somebody, nothing to look them up by. */
export const initialsOf = (name: string): readonly string[] => {
  const words = displayText(name).split(' ');
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends
    .flatMap((word) => [...GRAPHEMES.segment(word ?? '')].slice(0, 1))
    .map(({ segment }) => segment.toLocaleUpperCase());
};
