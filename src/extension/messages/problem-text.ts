import type { ProblemReport } from './problem.ts';
import { message } from './text.ts';

/** A problem in words: what happened, why, and what to do. */
export type ProblemText = {
  readonly title: string;
  readonly detail: string;
  readonly action: string;
};

/** Puts a problem into words: the backend's own, or ours from `_locales`. */
export const problemText = (problem: ProblemReport): ProblemText =>
  problem.source === 'backend'
    ? { title: problem.title, detail: problem.detail, action: problem.action }
    : {
        title: message(`problem_${problem.code}_title`),
        detail: message(`problem_${problem.code}_detail`),
        action: message(`problem_${problem.code}_action`),
      };
