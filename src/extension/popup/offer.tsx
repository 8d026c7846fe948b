import { useState } from 'preact/hooks';
import { message, type TextKey } from '../messages/text.ts';

/** The button, and what is said beside it: before, and after the agent answered the browser. */
type OfferTexts = {
  readonly label: TextKey;
  readonly why: TextKey;
  readonly granted: TextKey;
  readonly declined: TextKey;
};

/**
 * Offers to ask the browser for a permission, says why, and then what follows from the answer. `ask` must
 * ask before it awaits anything: the browser refuses it otherwise.
 */
export const Offer = ({ texts, ask }: { texts: OfferTexts; ask: () => Promise<boolean> }) => {
  const [said, setSaid] = useState(texts.why);
  return (
    <div class="offer">
      <button
        type="button"
        class="button small"
        onClick={() =>
          void ask().then((isGranted) => setSaid(isGranted ? texts.granted : texts.declined))
        }
      >
        {message(texts.label)}
      </button>
      <p class="hint" role="status">
        {message(said)}
      </p>
    </div>
  );
};
