import type { SessionColor } from '../../../messages/launch/launch-status.ts';

const COLORS: readonly SessionColor[] = ['blue', 'green', 'purple', 'pink', 'cyan'];

/** The same colours on the toolbar's icon, dark enough for white letters. In CSS. */
export const BADGE_COLORS: Readonly<Record<SessionColor, string>> = {
  blue: '#1a5fc4',
  green: '#137a3c',
  purple: '#7b2fd1',
  pink: '#b8146f',
  cyan: '#006f78',
};

/**
 * Gives a session its colour, the same in the badge, in tab groups and in containers: the app's, by its place
 * in the agent's list of apps, or the next one that no other session has. Amber belongs to the interface and
 * red to warnings.
 */
export const chooseSessionColor = (
  appId: string,
  apps: readonly { readonly id: string }[],
  taken: readonly SessionColor[],
): SessionColor => {
  const index = Math.max(
    0,
    apps.findIndex((app) => app.id === appId),
  );
  const first = index % COLORS.length;
  const inOrder = [...COLORS.slice(first), ...COLORS.slice(0, first)];
  return inOrder.find((color) => !taken.includes(color)) ?? inOrder[0] ?? 'blue';
};
