import { message } from '../../../messages/texts/text.ts';
import { changeDraft, chosenOpenIn, placeApart } from '../../state/state.ts';

/** Offers the place where neither session ends the other, unless the launch opens there already. */
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
