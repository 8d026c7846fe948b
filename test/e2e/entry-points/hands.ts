import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import type { Display } from './display.ts';

/** A person's hands on a display. The display hands every press to the browser in the order of the calls. */
export type Hands = {
  /** Right-clicks on a place of the page and takes the item that stands `above` others at the menu's end. */
  readonly takeMenuItem: (page: Page, place: Locator, above: number) => Promise<void>;
  readonly press: (...keys: readonly string[]) => void;
  readonly type: (text: string) => void;
};

/** Makes {@link Hands}. */
export const handsOn = (display: Display): Hands => {
  const press = (...keys: readonly string[]): void => {
    display.act('key', ...keys);
  };

  /** A menu is a window of its own, whatever the browser. */
  const countWindows = (): number =>
    display.act('search', '--onlyvisible', '--maxdepth', '1', '--name', '').trim().split('\n')
      .length;

  const pointAt = async (page: Page, place: Locator): Promise<void> => {
    await page.bringToFront();
    const box = await place.boundingBox();
    if (!box) {
      throw new Error('The place is not on the page.');
    }
    const window = await page.evaluate(() => ({
      x: screenX,
      y: screenY + outerHeight - innerHeight,
    }));
    const x = window.x + box.x + Math.min(box.width / 2, 40);
    const y = window.y + box.y + box.height / 2;
    display.act('mousemove', String(Math.round(x)), String(Math.round(y)));
  };

  return {
    press,
    type: (text) => {
      display.act('type', text);
    },
    takeMenuItem: async (page, place, above) => {
      await pointAt(page, place);
      const windows = countWindows();
      display.act('click', '3');
      await expect.poll(countWindows).toBeGreaterThan(windows);
      press(...Array.from({ length: above + 1 }, () => 'Up'), 'Return');
    },
  };
};
