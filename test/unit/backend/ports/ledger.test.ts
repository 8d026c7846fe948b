import { createFakeLedger } from '../fake-ledger.ts';
import { ledgerSuite } from './ledger-suite.ts';

ledgerSuite('The fake', async () => createFakeLedger().ledger);
