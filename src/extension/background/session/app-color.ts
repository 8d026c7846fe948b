import type { TabColor } from '../../browser/tab-color.ts';

const COLORS: readonly TabColor[] = ['blue', 'green', 'purple', 'pink', 'cyan'];

/** The same colours on the toolbar's icon, dark enough for white figures. In CSS. */
export const BADGE_COLORS: Readonly<Record<TabColor, string>> = {
  blue: '#1a5fc4',
  green: '#137a3c',
  purple: '#7b2fd1',
  pink: '#b8146f',
  cyan: '#006f78',
};

/**
 * Gives an app its colour, the same in the badge, in tab groups and in containers. Neighbours in the agent's
 * list of apps differ; from the sixth on colours come again. Amber and red are for acting and for warnings.
 */
export const colorOfApp = (id: string, apps: readonly { readonly id: string }[]): TabColor => {
  const index = Math.max(
    0,
    apps.findIndex((app) => app.id === id),
  );
  return COLORS[index % COLORS.length] ?? 'blue';
};
