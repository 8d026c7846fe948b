import type { Clock } from './ports/clock.ts';

/**
 * Remembers answers for a moment and lets equal questions that are under way share one. Failures are
 * not remembered. Holds `capacity` answers at most, the oldest going first.
 */
export const createRecentAnswers = <T>(
  options: { readonly lifetimeMilliseconds: number; readonly capacity: number },
  clock: Clock,
) => {
  const answers = new Map<string, { readonly at: number; readonly answer: Promise<T> }>();
  return (question: string, ask: () => Promise<T>): Promise<T> => {
    const now = clock().getTime();
    const known = answers.get(question);
    if (known && now - known.at < options.lifetimeMilliseconds) {
      return known.answer;
    }
    const entry = { at: now, answer: ask() };
    answers.delete(question);
    answers.set(question, entry);
    entry.answer.catch(() => {
      if (answers.get(question) === entry) {
        answers.delete(question);
      }
    });
    if (answers.size > options.capacity) {
      const [oldest] = answers.keys();
      if (oldest !== undefined) {
        answers.delete(oldest);
      }
    }
    return entry.answer;
  };
};
