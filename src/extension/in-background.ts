/**
 * Logs what failed, and of the error only its kind: its text could hold a URL or a customer's data. `what`
 * names the task, as in "watching a tab".
 */
export const logFailure =
  (what: string) =>
  (error: unknown): void => {
    const kind = error instanceof Error ? error.name : typeof error;
    console.error(`This failed in the background: ${what}.`, kind);
  };

/** Lets a task go on that nobody waits for. A failure is logged; nothing may depend on the task. */
export const inBackground = (task: Promise<unknown>, what: string): void => {
  task.catch(logFailure(what));
};
