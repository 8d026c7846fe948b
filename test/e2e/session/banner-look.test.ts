import { mkdir } from 'node:fs/promises';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from '../extension/page-checks.ts';
import {
  type BannerExample,
  type BannerLook,
  type BannerPages,
  openBannerPages,
} from './banner-page.ts';

const PICTURES = 'artifacts/banner';

let pages: BannerPages;
beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  pages = await openBannerPages();
});
afterAll(() => pages.close());

const ACTING: BannerExample = {
  customerName: 'Nora Lindqvist',
  agentName: 'Ada Agent',
  targetAppName: 'Desk',
  organizationName: 'Globex',
  reason: 'Cannot see the invoice',
  minutesLeft: 118,
};
const LONG: BannerExample = {
  ...ACTING,
  customerName: `Maximilian${' von und zu Hohenstein'.repeat(5)}`,
  agentName: `Wolfeschlegelsteinhausen${' Bergerdorff'.repeat(5)}`,
  organizationName: 'International Consolidated Widgets & Gizmos (Holdings) Ltd.',
  reason:
    'The customer called about an invoice from last March that was sent to an old address. '.repeat(
      4,
    ),
};

type State = {
  readonly name: string;
  readonly shown?: BannerExample;
  readonly look?: BannerLook;
  readonly folded?: true;
};

const STATES: readonly State[] = [
  { name: 'light' },
  { name: 'dark', look: { colorScheme: 'dark' } },
  { name: 'folded', folded: true },
  { name: 'folded-dark', look: { colorScheme: 'dark' }, folded: true },
  { name: 'late', shown: { ...ACTING, minutesLeft: 4 } },
  { name: 'late-dark', shown: { ...ACTING, minutesLeft: 4 }, look: { colorScheme: 'dark' } },
  { name: 'over', shown: { ...ACTING, minutesLeft: -1 } },
  { name: 'whole-hours', shown: { ...ACTING, minutesLeft: 120.5 } },
  { name: 'narrow', look: { width: 360 } },
  { name: 'narrow-late-long', shown: { ...LONG, minutesLeft: 1 }, look: { width: 360 } },
  { name: 'narrow-folded', shown: LONG, look: { width: 360 }, folded: true },
  { name: 'tablet', shown: LONG, look: { width: 600 } },
  { name: 'long', shown: LONG },
  {
    name: 'right-to-left',
    shown: { ...ACTING, customerName: 'مريم الحسيني', reason: 'الفاتورة لا تظهر (#10482)' },
  },
  { name: 'forced-colors', look: { forcedColors: 'active' } },
  {
    name: 'forced-colors-dark-late',
    shown: { ...ACTING, minutesLeft: 4 },
    look: { forcedColors: 'active', colorScheme: 'dark' },
  },
  {
    name: 'short',
    shown: { customerName: 'Mara', agentName: 'Ada', targetAppName: 'Shop', minutesLeft: 59 },
  },
];

const fold = (page: Page) => page.getByRole('button', { name: 'Shrink the banner' });
const bar = (page: Page) => page.getByRole('region', { name: 'Understudy' });

/** Says something to the banner as the worker does. */
const tell = (page: Page, content: object): Promise<void> =>
  page.evaluate(
    (told) => (globalThis as unknown as { tell: (content: object) => void }).tell(told),
    content,
  );

/** Whether anything in an element is cut off at its side. */
const isCut = (element: Element): boolean =>
  [element, ...element.children].some(
    ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth && clientWidth > 0,
  );

const edgesOf = async (of: Locator) => {
  const { x, width } = (await of.boundingBox()) ?? { x: Number.NaN, width: 0 };
  return { left: x, right: x + width };
};

describe('the banner fits and is accessible', () => {
  it.each(STATES)(
    'the banner fits and is accessible: $name',
    async ({ name, shown = ACTING, look, folded }) => {
      const page = await pages.open(shown, look);
      if (folded) {
        await fold(page).click();
      }
      await page.mouse.move(0, 0);
      await page.screenshot({ path: `${PICTURES}/${name}.png` });
      const { left, right } = await edgesOf(bar(page));
      expect(left).toBeGreaterThanOrEqual(8);
      expect(right).toBeLessThanOrEqual((look?.width ?? 1000) - 8);
      const last = await edgesOf(bar(page).getByRole('button').last());
      expect(last.right).toBeLessThan(right);
      expect(await violationsOf(page)).toEqual([]);
      await page.context().close();
    },
  );
});

const RESULTS = [
  ['signed_out', 'Session ended. Signed out:'],
  ['not_checked', 'Session ended. Nobody could check whether this browser is signed out:'],
  ['still_signed_in', 'This browser is still signed in as'],
  ['pending', 'Session ended. Still checking with Auth0:'],
] as const;
const VERDICTS = RESULTS.flatMap(([result, words]) => [
  { result, words, look: {}, name: `ended-${result}` },
  {
    result,
    words,
    look: { colorScheme: 'dark', width: 360 } as const,
    name: `ended-${result}-dark-narrow`,
  },
]);

describe('the banner of a session that ended', () => {
  it.each(VERDICTS)(
    'the banner of a session that ended says how far that was checked: $name',
    async ({ result, words, look, name }) => {
      const page = await pages.open(ACTING, look);
      await tell(page, { ended: { customerName: ACTING.customerName, result } });
      await bar(page).getByText(words).waitFor();
      await page.screenshot({ path: `${PICTURES}/${name}.png` });
      const lines = await edgesOf(bar(page).locator('.who'));
      const customer = await edgesOf(bar(page).getByText(ACTING.customerName, { exact: true }));
      expect(customer.right).toBeLessThanOrEqual(lines.right);
      expect(await bar(page).locator('.who').evaluate(isCut)).toBe(false);
      expect(await page.getByRole('button').count()).toBe(0);
      expect(await violationsOf(page)).toEqual([]);
      await page.context().close();
    },
  );

  it('the banner goes away when the tab is nobody’s any more', async () => {
    const page = await pages.open(ACTING);
    await tell(page, {});
    await bar(page).waitFor({ state: 'detached' });
    await page.context().close();
  });
});

describe('the banner, for whoever does not see or does not point', () => {
  it('the banner says once in a status region who is acted as, and again when little time is left', async () => {
    const page = await pages.open({ ...ACTING, minutesLeft: 5.5 }, { hasClock: true });
    const said = page.getByRole('status');
    await expect.poll(() => said.textContent()).toBe('Acting as Nora Lindqvist, Desk, 5 min left');
    const changes = await page.evaluateHandle(() => {
      const seen: string[] = [];
      const root = document.querySelector('understudy-banner')?.shadowRoot;
      const status = root?.querySelector('[role=status]');
      if (status) {
        new MutationObserver(() => seen.push(status.textContent ?? '')).observe(status, {
          childList: true,
        });
      }
      return seen;
    });
    await page.clock.runFor(61_000);
    expect(await changes.jsonValue()).toEqual(['Acting as Nora Lindqvist, Desk, 4 min left']);
    await page.context().close();
  });

  it('the banner is folded and unfolded by keyboard without losing the focus', async () => {
    const page = await pages.open(ACTING);
    await fold(page).focus();
    await page.keyboard.press('Enter');
    const unfold = page.getByRole('button', { name: 'Show the whole banner' });
    expect(await page.getByRole('button').count()).toBe(1);
    await page.keyboard.press('Enter');
    expect(await unfold.count()).toBe(0);
    expect(await fold(page).evaluate((button) => button.matches(':focus'))).toBe(true);
    await page.context().close();
  });

  it('the banner moves nothing of the page', async () => {
    const page = await pages.open(LONG, { width: 360 });
    const layout = () =>
      page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        const { x, y, width, height } =
          document.querySelector('main')?.getBoundingClientRect() ?? {};
        return [scrollWidth, scrollHeight, x, y, width, height];
      });
    const withBanner = await layout();
    await page.evaluate(() => document.querySelector('understudy-banner')?.remove());
    expect(withBanner).toEqual(await layout());
    await page.context().close();
  });

  it('the banner obeys no click that the page makes up', async () => {
    const page = await pages.open(ACTING);
    await page.getByRole('button', { name: 'End session' }).evaluate((button: HTMLElement) => {
      button.click();
    });
    const sent = await page.evaluate(() =>
      (globalThis as unknown as { sent: { name: string }[] }).sent.map(({ name }) => name),
    );
    expect(sent).toEqual(['banner_session']);
    await page.context().close();
  });
});
