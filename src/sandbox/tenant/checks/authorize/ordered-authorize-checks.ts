import { audienceExists } from './audience-exists.ts';
import type { AuthorizeCheck } from './authorize-check.ts';
import { codeFlowOnly } from './code-flow-only.ts';
import { maxAgeKnown } from './max-age-known.ts';
import { pkce } from './pkce.ts';
import { promptKnown } from './prompt-known.ts';
import { responseModeKnown } from './response-mode-known.ts';

/** What every authorization request must keep; organization rules come after, they differ. */
export const orderedAuthorizeChecks: readonly AuthorizeCheck[] = [
  codeFlowOnly,
  responseModeKnown,
  pkce,
  promptKnown,
  maxAgeKnown,
  audienceExists,
];
