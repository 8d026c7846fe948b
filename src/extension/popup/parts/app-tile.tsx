import { displayText } from '../../messages/texts/display-text.ts';

const GRAPHEMES = new Intl.Segmenter();

/** An app's first letter. Never its logo: a remote picture would tell its host who is looking. */
export const AppTile = ({ name }: { name: string }) => {
  const [first] = GRAPHEMES.segment(displayText(name));
  return (
    <span class="tile" aria-hidden="true">
      {(first?.segment ?? '?').toUpperCase()}
    </span>
  );
};
