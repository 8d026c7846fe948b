import { message } from '../../../messages/texts/text.ts';
import { changeDraft, chosenOpenIn, draft, placeApart } from '../../state/state.ts';

/** Offers to open the launch where it does not end the other session, unless it opens there already. */
export const KeepBoth = () => {
  const apart = placeApart();
  if (chosenOpenIn(draft.value) === apart) {
    return null;
  }
  return (
    <button type="button" class="button small" onClick={() => changeDraft({ openIn: apart })}>
      {message(apart === 'container' ? 'keepBothContainer' : 'keepBothPrivate')}
    </button>
  );
};
