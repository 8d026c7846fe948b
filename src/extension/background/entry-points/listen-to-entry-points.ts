import type { LaunchId } from '../../../contract/ids.ts';
import type { Commands } from '../../browser/commands.ts';
import type { ContextMenus } from '../../browser/context-menus.ts';
import type { Omnibox } from '../../browser/omnibox.ts';
import type { Panel } from '../../browser/panel.ts';
import { message } from '../../messages/text.ts';
import type { createSessionInTab } from '../session/session-in-tab.ts';
import type { AddressBar } from './address-bar.ts';
import { type CommandMeaning, meaningOfCommand, sourceOfClick } from './interpret-entry.ts';
import type { Prefills } from './prefills.ts';

type Dependencies = {
  readonly menus: Pick<ContextMenus, 'onClicked'>;
  readonly commands: Pick<Commands, 'onPressed'>;
  readonly omnibox: Omnibox;
  readonly panel: Pick<Panel, 'open'>;
  readonly addressBar: AddressBar;
  readonly prefills: Pick<Prefills, 'point'>;
  readonly sessionIn: ReturnType<typeof createSessionInTab>;
  readonly endSession: (launchId: LaunchId) => Promise<unknown>;
};

/**
 * Listens to the context menus, the keyboard commands and the address bar. Each opens the panel, in the
 * event's own turn, and says there whom the agent pointed at. None starts a launch: that takes a
 * confirmation in the panel.
 */
export const listenToEntryPoints = (dependencies: Dependencies): void => {
  const { panel, prefills, addressBar } = dependencies;

  const follow = async (meaning: CommandMeaning): Promise<void> => {
    if (!meaning) return;
    await prefills.point(meaning.point);
    if (meaning.end !== undefined) await dependencies.endSession(meaning.end);
  };

  dependencies.menus.onClicked((click) => {
    const source = sourceOfClick(click);
    if (!source) return;
    void panel.open();
    void prefills.point(source);
  });
  dependencies.commands.onPressed((name, tab) => {
    void panel.open();
    void meaningOfCommand(name, tab, dependencies.sessionIn).then(follow);
  });
  dependencies.omnibox.setHint(message('omniboxHint'));
  dependencies.omnibox.onTyped((text, suggest) => void addressBar.suggest(text, suggest));
  dependencies.omnibox.onEntered((text) => {
    void panel.open();
    void addressBar.sourceOf(text).then(prefills.point);
  });
};
