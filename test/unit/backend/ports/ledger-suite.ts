import { describe } from 'vitest';
import type { Ledger } from '../../../../src/backend/ports/ledger.ts';
import { advancedLaunchesSuite } from './ledger-suite/advanced-launches.ts';
import { begunLaunchesSuite } from './ledger-suite/begun-launches.ts';
import { countedLaunchesSuite } from './ledger-suite/counted-launches.ts';
import { ledgerUnderTest } from './ledger-suite/ledger-under-test.ts';
import { listedLaunchesSuite } from './ledger-suite/listed-launches.ts';
import { otherRowsSuite } from './ledger-suite/other-rows.ts';

/** What every ledger must do. `open` gives one that other tests may have written to. */
export const ledgerSuite = (name: string, open: () => Promise<Ledger>): void => {
  describe(`${name} as a ledger`, () => {
    const tried = ledgerUnderTest(open);
    begunLaunchesSuite(tried);
    advancedLaunchesSuite(tried);
    listedLaunchesSuite(tried);
    countedLaunchesSuite(tried);
    otherRowsSuite(tried);
  });
};
