import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright';
import { inRepository } from '../../src/commands/repository.ts';
import type { Endpoints } from '../../src/commands/sandbox-process.ts';
import {
  type BareChromium,
  pinnedProfile,
  removeProfile,
  startBareChromium,
} from './bare-chromium.ts';
import { median } from './median.ts';
import { signInWithRecents } from './sign-in-with-recents.ts';
import { makeStaticPopup } from './static-popup.ts';

/** Medians in milliseconds: from the icon's press to the first contentful paint, of the popup and of its floor. */
export type PaintTimes = { readonly popup: number; readonly floor: number };

/** What {@link measurePopupPaint} found. `recents` is how long after the first paint the recent customers are drawn. */
export type PopupPaint = {
  readonly warm: PaintTimes;
  readonly dead: PaintTimes;
  readonly start: PaintTimes;
  readonly recents: { readonly warm: number; readonly dead: number };
};

const PRESSES = 25;
const STARTS = 20;

const now = (): number => performance.timeOrigin + performance.now();

/** Times in milliseconds since the epoch; `recents` is when the list stood in the page, with the search field focused. */
const PAINTED = `new Promise((resolve) => {
  const look = () => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    if (!paint) return setTimeout(look, 20);
    const [drawn] = performance.getEntriesByName('interactive');
    const at = (entry) => performance.timeOrigin + entry.startTime;
    resolve({
      paint: at(paint),
      recents: drawn && document.querySelectorAll('.recent').length > 0 ? at(drawn) : null,
    });
  };
  look();
})`;

type Painted = { readonly paint: number; readonly recents: number | null };

/** Nothing looks at a popup so long: that would slow it down. */
const UNDISTURBED_MILLISECONDS = 700;
const LONGEST_MILLISECONDS = 15_000;

/** Gives the popup of an extension as soon as it is there. */
const popupOf = async (browser: BareChromium, id: string) => {
  await delay(UNDISTURBED_MILLISECONDS);
  const deadline = now() + LONGEST_MILLISECONDS;
  while (now() < deadline) {
    const popup = (await browser.targets()).find(({ url }) =>
      url.startsWith(`chrome-extension://${id}/src/extension/popup/`),
    );
    if (popup) {
      return popup;
    }
    await delay(200);
  }
  throw new Error(`The popup did not open within ${LONGEST_MILLISECONDS / 1000} s.`);
};

/** Opens a popup by its icon, and closes it again when it is drawn. */
const openOnce = async (browser: BareChromium, id: string) => {
  const pressed = now();
  await browser.pressIcon(id);
  const popup = await popupOf(browser, id);
  const { paint, recents } = (await browser.evaluate(popup, PAINTED)) as Painted;
  await browser.close(popup);
  await delay(200);
  // What stands in the page before the first paint is painted with it.
  const later = recents === null ? undefined : Math.max(0, recents - paint);
  return { paint: paint - pressed, recents: later };
};

const stopWorker = async (browser: BareChromium): Promise<void> => {
  for (const target of await browser.targets()) {
    if (target.type === 'service_worker') {
      await browser.close(target);
    }
  }
  await delay(500);
};

/** Presses the popup's and the floor's icon in turns. */
const pressInTurns = async (
  browser: BareChromium,
  ids: { readonly popup: string; readonly floor: string },
  prepare: () => Promise<void>,
) => {
  const popup: number[] = [];
  const floor: number[] = [];
  const recents: number[] = [];
  for (let press = 0; press < PRESSES; press += 1) {
    await prepare();
    const opened = await openOnce(browser, ids.popup);
    if (opened.recents === undefined) {
      throw new Error('The popup drew no recent customers.');
    }
    popup.push(opened.paint);
    recents.push(opened.recents);
    await prepare();
    floor.push((await openOnce(browser, ids.floor)).paint);
  }
  return { paint: { popup: median(popup), floor: median(floor) }, recents: median(recents) };
};

/**
 * Measures how soon the popup paints, with the worker running, with the worker stopped, and straight
 * after a browser start, each in turns with the same page without script and worker.
 */
export const measurePopupPaint = async (
  executable: string,
  endpoints: Endpoints,
): Promise<PopupPaint> => {
  const built = inRepository(endpoints.extension.chrome);
  const floor = makeStaticPopup(built);
  const ids = { popup: endpoints.extension.id, floor: floor.id };
  const profile = pinnedProfile(Object.values(ids));
  const open = () => startBareChromium(executable, profile, [built, floor.folder]);
  let browser = await open();
  try {
    const client = await chromium.connectOverCDP(browser.endpoint);
    await signInWithRecents(client, endpoints);
    await client.close();
    for (const id of Object.values(ids)) {
      await openOnce(browser, id);
    }
    const warm = await pressInTurns(browser, ids, () => delay(0));
    const dead = await pressInTurns(browser, ids, () => stopWorker(browser));
    const start = { popup: [] as number[], floor: [] as number[] };
    for (let round = 0; round < STARTS; round += 1) {
      for (const which of ['popup', 'floor'] as const) {
        await browser.quit();
        browser = await open();
        start[which].push((await openOnce(browser, ids[which])).paint);
      }
    }
    return {
      warm: warm.paint,
      dead: dead.paint,
      start: { popup: median(start.popup), floor: median(start.floor) },
      recents: { warm: warm.recents, dead: dead.recents },
    };
  } finally {
    await browser.quit();
    removeProfile(profile);
    removeProfile(floor.folder);
  }
};
