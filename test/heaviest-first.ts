import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files whose tests are a table, or that start a sandbox of their own: short to read, long to run. */
const HEAVY =
  /\/(?:popup-states|popup-accessible|popup-german|company-rules|one-domain|chaos)\.test\.ts$/;

/**
 * Starts the longest files first, so that no worker is left with one when the others are done. Vitest goes by
 * how long files took before, and in a clean clone, where nobody knows, by their size.
 */
export class HeaviestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLight = ({ moduleId }: TestSpecification): number => (HEAVY.test(moduleId) ? 0 : 1);
    return (await super.sort(files)).toSorted((one, other) => isLight(one) - isLight(other));
  }
}
