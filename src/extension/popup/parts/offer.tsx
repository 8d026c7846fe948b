import { useEffect, useState } from 'preact/hooks';
import { type Access, hasAccess, requestAccess } from '../../browser/permissions.ts';
import { message, type TextKey } from '../../messages/text.ts';

/** The button, and what is said beside it: before, and after the agent answered the browser. */
export type OfferTexts = {
  readonly label: TextKey;
  readonly why: TextKey;
  readonly granted: TextKey;
  readonly declined: TextKey;
};

/** Offers to ask the browser for access that is lacking, says why, and then what follows from the answer. */
export const Offer = ({ access, texts }: { access: Access; texts: OfferTexts }) => {
  const [isLacking, setLacking] = useState(false);
  const [said, setSaid] = useState(texts.why);
  useEffect(() => {
    void hasAccess(access).then((granted) => setLacking(!granted));
  }, []);
  if (!isLacking) return null;
  return (
    <div class="offer">
      <button
        type="button"
        class="button small"
        onClick={() =>
          void requestAccess(access).then((granted) =>
            setSaid(granted ? texts.granted : texts.declined),
          )
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
