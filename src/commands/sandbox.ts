import { buildIfOutdated } from './build-artifacts.ts';
import { sandboxFolder, spawnSandbox } from './sandbox-process.ts';

await buildIfOutdated();
const child = spawnSandbox(sandboxFolder(), process.argv.slice(2), 'inherit');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => child.kill(signal));
}
child.once('exit', (code) => process.exit(code ?? 1));
