import { tokenAttackSuite } from './token-attack-suite.ts';

tokenAttackSuite({ numRuns: 400, seed: 20_261_121 });
