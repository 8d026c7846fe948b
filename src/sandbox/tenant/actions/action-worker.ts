import { createRequire, isBuiltin } from 'node:module';
import { compileFunction } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
// An Action may call the company's own systems, whose names are *.localhost here.
import '../../resolve-localhost.mjs';
import { customTokenExchangeApi } from './custom-token-exchange-api.ts';
import { postLoginApi } from './post-login-api.ts';

/** Runs one Action's code, a call at a time; started by `action-runner.ts` only. */
const { code, trigger, dependencies } = workerData as {
  code: string;
  trigger: string;
  dependencies: string[];
};

const RealDate = Date;
let clockOffset = 0;

/** The Action's clock is the tenant's, so that a tenant on a fake clock stays of one mind. */
globalThis.Date = class extends RealDate {
  constructor(...parts: [] | [number | string | Date]) {
    if (parts.length === 0) {
      super(RealDate.now() + clockOffset);
    } else {
      super(...parts);
    }
  }
  static override now(): number {
    return RealDate.now() + clockOffset;
  }
} as DateConstructor;

const nodeRequire = createRequire(import.meta.url);
const requireAllowed = (specifier: string): unknown => {
  if (isBuiltin(specifier) || dependencies.includes(specifier)) {
    return nodeRequire(specifier);
  }
  throw new Error(`The Action requires "${specifier}", which is not among its dependencies.`);
};

const load = (): Record<string, unknown> => {
  const module = { exports: {} as Record<string, unknown> };
  const run = compileFunction(code, ['exports', 'require', 'module']);
  run(module.exports, requireAllowed, module);
  return module.exports;
};

const actionExports = load();

const handle = async (eventJson: string): Promise<object> => {
  const handler = actionExports[trigger];
  if (typeof handler !== 'function') {
    throw new Error(`The Action does not export ${trigger}.`);
  }
  const recorded =
    trigger === 'onExecuteCustomTokenExchange' ? customTokenExchangeApi() : postLoginApi();
  await handler(JSON.parse(eventJson), recorded.api);
  return recorded.result;
};

parentPort?.on('message', (message: { id: number; event: string; now: number }) => {
  clockOffset = message.now - RealDate.now();
  handle(message.event).then(
    (result) => parentPort?.postMessage({ id: message.id, result: JSON.stringify(result) }),
    (error: unknown) =>
      parentPort?.postMessage({
        id: message.id,
        failure: error instanceof Error ? error.message : 'The Action threw something odd.',
      }),
  );
});
