import { fixtureBrowser } from '../fixture-browser.ts';
import { mint, type order, redemption } from '../fixture-delegation.ts';
import { CUSTOMERS_ORIGIN } from '../fixture-seed.ts';
import { fixtureTenant } from '../fixture-tenant.ts';

type Options = Parameters<typeof fixtureTenant>[0];

/** Mints as told and redeems at an app as told, from a fresh browser. */
export const redeem = async (
  options: Options & {
    app?: 'shop' | 'desk';
    told?: Partial<typeof order>;
    parameters?: Record<string, string | undefined>;
    ip?: string;
    wait?: number;
  } = {},
) => {
  const tenant = fixtureTenant(options);
  const browser = fixtureBrowser(tenant, options.ip);
  const token = await mint(tenant, options.told);
  tenant.wait(options.wait ?? 0);
  const parameters = redemption(options.app ?? 'shop', token, options.parameters);
  const response = await browser.authorize(CUSTOMERS_ORIGIN, parameters);
  return { tenant, browser, token, parameters, response };
};

/** The error that a page of the tenant shows. */
export const errorOn = async (response: Response): Promise<string | undefined> =>
  (await response.text()).match(/data-testid="error">([^<]+)</)?.[1];
