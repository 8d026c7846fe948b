import { message } from '../../../messages/texts/text.ts';
import { changeDraft, chosenOpenIn, placeApart } from '../../state/state.ts';

/** Offers to open the launch where it does not end the other session, unless it opens there already. */
export const KeepBoth = () => {
  const apart = placeApart();
  if (chosenOpenIn() === apart) {
    return null;
  }
  return (
    <button type="button" class="button small" onClick={() => changeDraft({ openIn: apart })}>
      {message(apart === 'container' ? 'keepBothContainer' : 'keepBothPrivate')}
    </button>
  );
};
