import { inSentence } from '../../../messages/texts/display-text.ts';
import { message } from '../../../messages/texts/text.ts';
import { endedElsewhere } from '../../state/state.ts';

/**
 * Says politely which sessions are over without the agent having ended them here. A screen reader hears of a
 * change only where the element was there before, so it stands empty until then.
 */
export const EndedElsewhere = () => (
  <p class="status" role="status">
    {endedElsewhere.value
      .map(({ customerName, targetAppName }) =>
        message('endedElsewhere', [inSentence(customerName), inSentence(targetAppName)]),
      )
      .join(' ')}
  </p>
);
