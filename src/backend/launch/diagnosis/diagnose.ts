import type { Diagnosis, DiagnosisCause } from '../../../contract/diagnosis.ts';
import { ADVICE } from './advice.ts';
import { SUSPICIONS } from './causes.ts';
import type { DiagnosisFacts } from './facts.ts';

/**
 * Names the cause of a failed redemption: the first suspicion that has evidence. Without any, it says
 * that it does not know, and what it ruled out. Pure.
 */
export const diagnose = (facts: DiagnosisFacts): Diagnosis => {
  const ruledOut: DiagnosisCause[] = [];
  for (const { cause, evidence } of SUSPICIONS) {
    const found = evidence(facts);
    if (found !== undefined) {
      return { cause, ...ADVICE[cause], evidence: [found], ruledOut: [] };
    }
    if (!ruledOut.includes(cause)) {
      ruledOut.push(cause);
    }
  }
  const seen = facts.event.seen;
  return {
    cause: 'unknown',
    ...ADVICE.unknown,
    evidence: seen ? [`The tab was last seen at ${seen.origin}.`] : [],
    ruledOut: facts.appLog === undefined ? [] : ruledOut,
  };
};
