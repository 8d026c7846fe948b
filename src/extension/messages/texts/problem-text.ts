import type { ProblemReport } from '../wire/problem.ts';
import { optionalMessage } from './text.ts';

/** A problem in words: what happened, why, and what to do. */
export type ProblemText = {
  readonly title: string;
  readonly detail: string;
  readonly action: string;
};

const NO_WORDS: ProblemText = { title: '', detail: '', action: '' };

/**
 * Puts a problem into words of the browser's language, by its code. The backend's own English stands only
 * where this version of the extension does not know the code.
 */
export const problemText = (problem: ProblemReport): ProblemText => {
  const { code } = problem;
  const fallback = problem.source === 'backend' ? problem : NO_WORDS;
  const title = optionalMessage(`problem_${code}_title`);
  if (title === undefined) {
    return { title: fallback.title, detail: fallback.detail, action: fallback.action };
  }
  return {
    title,
    detail: optionalMessage(`problem_${code}_detail`) ?? fallback.detail,
    action: optionalMessage(`problem_${code}_action`) ?? fallback.action,
  };
};
