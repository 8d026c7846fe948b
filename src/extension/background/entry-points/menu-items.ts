import type { MenuItem } from '../../browser/entry-points/context-menus.ts';
import { displayText } from '../../messages/texts/display-text.ts';
import { message } from '../../messages/texts/text.ts';
import { initialsOf } from '../customers/initials.ts';
import type { RecentPair } from '../customers/recents.ts';

/** Ids of items; what the worker does about each is in the click's handler. */
export const MENU_IDS = {
  page: 'page',
  link: 'link',
  selection: 'selection',
  action: 'action',
  actionPage: 'action-page',
  actionRepeat: 'action-repeat',
} as const;

const PAIR_PREFIX = 'pair:';

/** A recent pair with what may be shown of it; `name` is absent where it is not known. */
export type MenuRecent = RecentPair & { readonly name?: string; readonly appName: string };

/** The item id of a recent pair. */
const pairItemId = ({ customerId, targetAppId }: RecentPair): string =>
  PAIR_PREFIX + JSON.stringify([customerId, targetAppId]);

/** Reads the item id of a recent pair; not yet checked. */
export const pairOfItemId = (itemId: string): readonly unknown[] | undefined => {
  if (!itemId.startsWith(PAIR_PREFIX)) {
    return undefined;
  }
  try {
    const pair: unknown = JSON.parse(itemId.slice(PAIR_PREFIX.length));
    return Array.isArray(pair) ? pair : undefined;
  } catch {
    // Another version of this extension made the item.
    return undefined;
  }
};

const recentItems = (recents: readonly MenuRecent[]): readonly MenuItem[] =>
  recents.flatMap((recent) =>
    recent.name === undefined
      ? []
      : [
          {
            id: pairItemId(recent),
            parentId: MENU_IDS.action,
            title: `${initialsOf(recent.name)
              .map((letter) => `${letter}.`)
              .join(' ')} · ${displayText(recent.appName)}`.replaceAll('%', '%%'),
            contexts: ['action'] as const,
          },
        ],
  );

/**
 * Gives the items of the context menus. The browser keeps their titles on disk, so that recent
 * customers stand there by their initials only.
 */
export const menuItems = (
  recordPatterns: readonly string[],
  recents: readonly MenuRecent[],
): readonly MenuItem[] => [
  ...(recordPatterns.length === 0
    ? []
    : [
        {
          id: MENU_IDS.page,
          title: message('menuActAsThis'),
          contexts: ['page', 'frame'] as const,
          documentUrlPatterns: recordPatterns,
        },
      ]),
  {
    id: MENU_IDS.link,
    title: message('menuActAsThis'),
    contexts: ['link'],
    targetUrlPatterns: [...recordPatterns, 'mailto:*'],
  },
  { id: MENU_IDS.selection, title: message('menuActAsSelection'), contexts: ['selection'] },
  { id: MENU_IDS.action, title: message('menuActAs'), contexts: ['action'] },
  {
    id: MENU_IDS.actionPage,
    parentId: MENU_IDS.action,
    title: message('menuThisPage'),
    contexts: ['action'],
  },
  {
    id: MENU_IDS.actionRepeat,
    parentId: MENU_IDS.action,
    title: message('menuRepeat'),
    contexts: ['action'],
  },
  ...recentItems(recents),
];
