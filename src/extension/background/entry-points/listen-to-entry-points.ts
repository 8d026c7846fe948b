import type { LaunchId } from '../../../contract/ids.ts';
import type { Commands, CommandTab } from '../../browser/entry-points/commands.ts';
import type { ContextMenus } from '../../browser/entry-points/context-menus.ts';
import type { Omnibox } from '../../browser/entry-points/omnibox.ts';
import type { Panel } from '../../browser/entry-points/panel.ts';
import { inBackground } from '../../in-background.ts';
import { message } from '../../messages/texts/text.ts';
import type { Launches } from '../launch-state/launches.ts';
import type { AddressBar } from './address-bar.ts';
import { type CommandMeaning, meaningOfCommand, sourceOfClick } from './interpret-entry.ts';
import type { Prefills } from './prefills.ts';

type Dependencies = {
  readonly menus: Pick<ContextMenus, 'onClicked'>;
  readonly commands: Pick<Commands, 'onPressed'>;
  readonly omnibox: Omnibox;
  readonly panel: Pick<Panel, 'open'>;
  readonly addressBar: AddressBar;
  readonly prefills: Pick<Prefills, 'offer'>;
  readonly launches: Pick<Launches, 'ofTab'>;
  readonly endSession: (launchId: LaunchId) => Promise<unknown>;
};

/**
 * Listens to the context menus, the keyboard commands and the address bar. Each opens the panel, in the
 * event's own turn, and shows there whom the agent chose. None starts a launch: that takes a
 * confirmation in the panel.
 */
export const listenToEntryPoints = (dependencies: Dependencies): void => {
  const { panel, prefills, addressBar } = dependencies;

  const follow = async (meaning: CommandMeaning): Promise<void> => {
    if (!meaning) {
      return;
    }
    await prefills.offer(meaning.prefill);
    if (meaning.end !== undefined) {
      await dependencies.endSession(meaning.end);
    }
  };
  const sessionIn = async (tab: CommandTab) => (await dependencies.launches.ofTab(tab))?.id;
  const openPanel = (): void => inBackground(panel.open(), 'opening the panel');

  dependencies.menus.onClicked((click) => {
    const source = sourceOfClick(click);
    if (source) {
      openPanel();
      inBackground(prefills.offer(source), 'taking a customer from a menu');
    }
  });
  dependencies.commands.onPressed((name, tab) => {
    openPanel();
    inBackground(meaningOfCommand(name, tab, sessionIn).then(follow), 'following a shortcut');
  });
  dependencies.omnibox.setHint(message('omniboxHint'));
  dependencies.omnibox.onTyped((text, suggest) =>
    inBackground(addressBar.suggest(text, suggest), 'suggesting customers in the address bar'),
  );
  dependencies.omnibox.onEntered((text) => {
    openPanel();
    inBackground(
      addressBar.sourceOf(text).then(prefills.offer),
      'taking a customer from the address bar',
    );
  });
};
