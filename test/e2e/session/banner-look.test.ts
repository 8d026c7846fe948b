import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from '../extension/page-checks.ts';
import { askSlowly, type BannerPages, openBannerPages, tellBanner } from './banner-page.ts';
import { ACTING, BANNER_RESULTS, BANNER_STATES, LONG } from './banner-states.ts';

let pages: BannerPages;
beforeAll(async () => {
  pages = await openBannerPages();
});
afterAll(() => pages.close());

const fold = (page: Page) => page.getByRole('button', { name: 'Shrink the banner' });
const bar = (page: Page) => page.getByRole('region', { name: 'Understudy' });

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
  it.each(BANNER_STATES)(
    'the banner fits and is accessible: $name',
    async ({ shown = ACTING, look, folded }) => {
      const page = await pages.open(shown, look);
      if (folded) {
        await fold(page).click();
      }
      await page.mouse.move(0, 0);
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

const VERDICTS = BANNER_RESULTS.flatMap(([result, words]) => [
  { result, words, look: {}, name: `ended-${result}` },
  {
    result,
    words,
    look: { colorScheme: 'dark', width: 360 } as const,
    name: `ended-${result}-dark-narrow`,
  },
]);

it('a folded banner shows the customer’s whole name in a narrow window', async () => {
  const page = await pages.open(ACTING, { width: 360 });
  await fold(page).click();
  expect(await bar(page).getByText(ACTING.customerName).evaluate(isCut)).toBe(false);
  await page.context().close();
});

describe('the banner of a session that ended', () => {
  it('the banner of a session that ended is not undone by an answer from before', async () => {
    const page = await pages.open(ACTING);
    await bar(page).getByRole('button', { name: 'End session' }).waitFor();
    const answer = await askSlowly(page);
    const ended = { customerName: ACTING.customerName, result: 'signed_out' };
    await tellBanner(page, { ended });
    const [, words = ''] = BANNER_RESULTS.find(([result]) => result === 'signed_out') ?? [];
    await bar(page).getByText(words).waitFor();
    await answer();
    // The answer is taken before the next task of the page.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    expect(await bar(page).getByText(words).isVisible()).toBe(true);
    await page.context().close();
  });

  it.each(VERDICTS)(
    'the banner of a session that ended says how far that was checked: $name',
    async ({ result, words, look }) => {
      const page = await pages.open(ACTING, look);
      await tellBanner(page, { ended: { customerName: ACTING.customerName, result } });
      await bar(page).getByText(words).waitFor();
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
    await tellBanner(page, {});
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
