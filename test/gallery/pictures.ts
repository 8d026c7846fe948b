import type { Page } from 'playwright';
import { openExtensionPages, type PageLook } from '../e2e/extension/extension-pages.ts';
import { settle } from '../e2e/extension/page-checks.ts';
import { openPopupLook, POPUP_LOOKS, ZOOMED } from '../e2e/extension/popup-look.ts';
import {
  OPTIONS_STATES,
  SAVE_OUTCOMES,
  withBackend,
} from '../e2e/extension/replies/options-states.ts';
import { openBannerPages, tellBanner } from '../e2e/session/banner-page.ts';
import { ACTING, BANNER_RESULTS, BANNER_STATES } from '../e2e/session/banner-states.ts';

/** How a state is shown: the columns of the gallery. */
export const VARIANTS = ['light', 'dark', '200 %', 'German'] as const;
export type Variant = (typeof VARIANTS)[number];

/** One state of one part, and how a picture of it is taken. */
export type Exhibit = {
  readonly part: 'popup' | 'options' | 'banner';
  readonly name: string;
  readonly take: (variant: Variant) => Promise<Buffer>;
};

/** All exhibits, and the browsers that they are taken in. */
export type Exhibition = {
  readonly exhibits: readonly Exhibit[];
  readonly close: () => Promise<void>;
};

const OPTIONS_SIZE = { width: 1000, height: 700 };
/** What the window of the options page has at 200 %. */
const OPTIONS_ZOOMED = { width: 500, height: 350 };
const BANNER_WIDTH = 1000;
/** The narrowest page that has to work without scrolling to the side, in CSS pixels: WCAG 2.2, 1.4.10. */
const NARROWEST = 320;

const colorsOf = (variant: Variant) => (variant === 'dark' ? 'dark' : 'light');
const lookOf = (variant: Variant, size: Partial<PageLook> = {}): PageLook => ({
  colorScheme: colorsOf(variant),
  ...size,
  ...(variant === 'German' && { language: 'de' }),
});

/** Takes a picture of a page and closes it. `isWhole` shows also what one would have to scroll to. */
const picture = async (page: Page, isWhole: boolean): Promise<Buffer> => {
  await settle(page);
  if (isWhole) {
    // In a window as high as the page: without a scroll bar, and so without the room that it took.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: page.viewportSize()?.width ?? 0, height });
    await settle(page);
  }
  const taken = await page.screenshot();
  await page.close();
  return taken;
};

/** Opens the browsers and lists every state that the tests know of popup, options page and banner. */
export const openExhibition = async (): Promise<Exhibition> => {
  const [pages, banners, germanBanners] = await Promise.all([
    openExtensionPages(),
    openBannerPages(),
    openBannerPages('de'),
  ]);

  const popup = Object.entries(POPUP_LOOKS).map(
    ([name, state]): Exhibit => ({
      part: 'popup',
      name,
      take: async (variant) => {
        const page = await openPopupLook(pages, state, lookOf(variant));
        if (variant === '200 %') {
          await page.setViewportSize(ZOOMED);
        }
        return picture(page, variant === '200 %');
      },
    }),
  );

  const openOptions = async (replies: Readonly<Record<string, unknown>>, variant: Variant) => {
    const size = variant === '200 %' ? OPTIONS_ZOOMED : OPTIONS_SIZE;
    return pages.open('options', replies, lookOf(variant, size));
  };
  const options = Object.entries(OPTIONS_STATES).map(
    ([name, replies]): Exhibit => ({
      part: 'options',
      name,
      take: async (variant) => picture(await openOptions(replies, variant), true),
    }),
  );
  const saved = Object.entries(SAVE_OUTCOMES).map(
    ([name, { reply }]): Exhibit => ({
      part: 'options',
      name: `save: ${name}`,
      take: async (variant) => {
        const page = await openOptions(withBackend({ managed: false }, reply), variant);
        const address = page.getByRole('textbox').first();
        await address.fill('understudy.acme.example');
        await address.press('Enter');
        await page
          .locator('output, [role=status], [role=alert]')
          .filter({ hasText: /./ })
          .first()
          .waitFor();
        return picture(page, true);
      },
    }),
  );

  const pictureOfBanner = async (page: Page): Promise<Buffer> => {
    const taken = await page.screenshot();
    await page.context().close();
    return taken;
  };
  const openBanner = (
    variant: Variant,
    { shown = ACTING, look = {} }: Partial<(typeof BANNER_STATES)[number]>,
  ) => {
    const width = look.width ?? BANNER_WIDTH;
    return (variant === 'German' ? germanBanners : banners).open(shown, {
      ...look,
      ...(variant === 'dark' && { colorScheme: 'dark' }),
      width: variant === '200 %' ? Math.max(width / 2, NARROWEST) : width,
    });
  };
  const banner = BANNER_STATES.map(
    (state): Exhibit => ({
      part: 'banner',
      name: state.name,
      take: async (variant) => {
        const page = await openBanner(variant, state);
        // The last button folds the banner, whatever its language calls it.
        if (state.folded) {
          await page.getByRole('button').last().click();
        }
        await page.mouse.move(0, 0);
        return pictureOfBanner(page);
      },
    }),
  );
  const ended = BANNER_RESULTS.map(
    ([result]): Exhibit => ({
      part: 'banner',
      name: `ended: ${result}`,
      take: async (variant) => {
        const page = await openBanner(variant, {});
        await tellBanner(page, { ended: { customerName: ACTING.customerName, result } });
        return pictureOfBanner(page);
      },
    }),
  );

  return {
    exhibits: [...popup, ...options, ...saved, ...banner, ...ended],
    close: async () => {
      await Promise.all([pages.close(), banners.close(), germanBanners.close()]);
    },
  };
};
