import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright';
import type { Display } from './display.ts';

/** A person's hands on a display: every step takes a browser a moment to show. */
export type Hands = {
  /** Right-clicks on a place of the page and takes the item that stands `above` others at the menu's end. */
  readonly takeMenuItem: (page: Page, place: Locator, above: number) => Promise<void>;
  readonly press: (keys: string) => Promise<void>;
  /** Waits until the browser has drawn what it was told. */
  readonly pause: () => Promise<void>;
  readonly type: (text: string) => Promise<void>;
};

/** Longer than a menu takes to open, in milliseconds. */
const MENU_OPENS = 500;
const STEP = 120;

/** Makes {@link Hands}. */
export const handsOn = (display: Display): Hands => {
  const press = async (keys: string): Promise<void> => {
    display.act('key', keys);
    await delay(STEP);
  };

  const pointAt = async (page: Page, place: Locator): Promise<void> => {
    await page.bringToFront();
    const box = await place.boundingBox();
    if (!box) throw new Error('The place is not on the page.');
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
    pause: () => delay(MENU_OPENS),
    type: async (text) => {
      display.act('type', '--delay', '30', text);
      await delay(STEP);
    },
    takeMenuItem: async (page, place, above) => {
      await pointAt(page, place);
      display.act('click', '3');
      await delay(MENU_OPENS);
      for (let step = 0; step <= above; step += 1) await press('Up');
      await press('Return');
    },
  };
};
