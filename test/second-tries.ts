import type { Reporter, TestModule } from 'vitest/node';

/** Names the tests that failed at first and passed at the second try: each is a race to be found. */
export default class SecondTries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const flaky = modules
      .flatMap(({ children }) => [...children.allTests()])
      .filter((test) => test.diagnostic()?.flaky);
    for (const { fullName, module } of flaky) {
      process.stdout.write(
        `\nPassed only at the second try: ${module.relativeModuleId} > ${fullName}\n`,
      );
    }
  }
}
