import { customerIdSchema } from '../../../contract/ids.ts';
import { SEARCH_MIN_CHARACTERS } from '../../../contract/search-limits.ts';
import type { Suggestion } from '../../browser/entry-points/omnibox.ts';
import { displayText } from '../../messages/texts/display-text.ts';
import type { CustomerDirectory } from '../customers/customer-directory.ts';
import { searchTermOf } from './page-text.ts';
import { type PrefillSource, textSource } from './prefill-source.ts';

/** What the address bar does with our keyword. */
export type AddressBar = {
  /** Suggests customers for what was typed, once the agent pauses; nothing for what was overtaken. Never rejects. */
  readonly suggest: (
    text: string,
    show: (suggestions: readonly Suggestion[]) => void,
  ) => Promise<void>;
  /** Whom the agent means by what stands in the bar: the customer of a suggestion, else a text. */
  readonly sourceOf: (text: string) => Promise<PrefillSource>;
};

type Dependencies = {
  readonly directory: Pick<CustomerDirectory, 'search' | 'known'>;
  readonly isSignedIn: () => Promise<boolean>;
  readonly delay: (milliseconds: number) => Promise<void>;
};

const DEBOUNCE_MILLISECONDS = 150;
/** As many as browsers show. */
const MAX_SUGGESTIONS = 6;

/** Makes {@link AddressBar}. A suggestion's content is the customer's id: two may have one name. */
export const createAddressBar = (dependencies: Dependencies): AddressBar => {
  const { directory } = dependencies;
  let latest = 0;
  return {
    suggest: async (text, show) => {
      latest += 1;
      const mine = latest;
      const term = searchTermOf(text);
      if ([...term].length < SEARCH_MIN_CHARACTERS) {
        return;
      }
      await dependencies.delay(DEBOUNCE_MILLISECONDS);
      if (mine !== latest || !(await dependencies.isSignedIn())) {
        return;
      }
      const answer = await directory.search(term);
      if (mine !== latest || !answer.ok) {
        return;
      }
      show(
        answer.value.customers.slice(0, MAX_SUGGESTIONS).map(({ id, name, email, connection }) => ({
          content: id,
          description: displayText([name, email, connection].filter(Boolean).join(' · ')),
        })),
      );
    },
    sourceOf: async (text) => {
      const id = customerIdSchema.safeParse(text.trim());
      const isKnown = id.success && (await directory.known()).has(id.data);
      return isKnown ? { kind: 'customer', customerId: id.data } : textSource(text);
    },
  };
};
