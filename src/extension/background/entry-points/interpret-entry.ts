import type { LaunchId } from '../../../contract/ids.ts';
import { customerIdSchema, targetAppIdSchema } from '../../../contract/ids.ts';
import type { CommandTab } from '../../browser/entry-points/commands.ts';
import type { MenuClick } from '../../browser/entry-points/context-menus.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';
import { MENU_IDS, pairOfItemId } from './menu-items.ts';
import { linkSource, type PrefillSource, pageSource, textSource } from './prefill-source.ts';

/** What the agent chooses with an item of a context menu, or nothing for an item that is not known. */
export const sourceOfClick = (click: MenuClick): PrefillSource | undefined => {
  switch (click.itemId) {
    case MENU_IDS.page:
      return pageSource(click.frameUrl, click.pageUrl);
    case MENU_IDS.link:
      return linkSource(click.linkUrl ?? '');
    case MENU_IDS.selection:
      return textSource(click.selectionText ?? '');
    case MENU_IDS.actionPage:
      return pageSource(click.tabUrl ?? click.pageUrl);
    case MENU_IDS.actionRepeat:
      return { kind: 'last_launch' };
    default:
      return sourceOfPair(pairOfItemId(click.itemId));
  }
};

const sourceOfPair = (pair: readonly unknown[] | undefined): PrefillSource | undefined => {
  const customer = customerIdSchema.safeParse(pair?.[0]);
  const app = targetAppIdSchema.safeParse(pair?.[1]);
  return customer.success && app.success
    ? { kind: 'customer', customerId: customer.data, targetAppId: app.data }
    : undefined;
};

/** Names of the keyboard commands in the manifest; the browser itself opens the popup for its own. */
export const COMMANDS = {
  actOnPage: 'act_on_page',
  repeatLaunch: 'repeat_launch',
  endSession: 'end_session',
} as const;

/** What a keyboard command means in a tab: what the panel is to show, and a session to end. */
export type CommandMeaning =
  | { readonly prefill: PrefillSource; readonly end?: LaunchId }
  | undefined;

/** Tells what a keyboard command means; `sessionIn` finds the customer's session of a tab. */
export const meaningOfCommand = async (
  name: string,
  tab: CommandTab,
  sessionIn: (tab: CommandTab) => Promise<LaunchId | undefined>,
): Promise<CommandMeaning> => {
  switch (name) {
    case COMMANDS.actOnPage:
      return { prefill: pageSource(tab.url) };
    case COMMANDS.repeatLaunch:
      return { prefill: { kind: 'last_launch' } };
    case COMMANDS.endSession: {
      const launchId = await sessionIn(tab);
      return launchId === undefined
        ? { prefill: { kind: 'problem', problem: extensionProblem('no_session_here') } }
        : { prefill: { kind: 'launch', launchId }, end: launchId };
    }
    default:
      return undefined;
  }
};
