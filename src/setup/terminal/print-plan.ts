import type { Call } from '../../tenant-settings/call.ts';
import { isJsonObject, type Json } from '../../tenant-settings/json.ts';
import type { Change } from '../plan/change.ts';
import type { Undoing } from '../plan/make-removal.ts';

const MAX_TEXT = 160;

/** An Action's code would bury the rest of the plan. */
const shortened = (value: Json): Json => {
  if (typeof value === 'string') {
    return value.length > MAX_TEXT ? `… ${value.length} characters` : value;
  }
  if (Array.isArray(value)) {
    return value.map(shortened);
  }
  return isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shortened(inner)]))
    : value;
};

const printCall = ({ method, path, body }: Call): string =>
  `${method} /api/v2${path}${body === undefined ? '' : ` ${JSON.stringify(shortened(body))}`}`;

/** Writes a plan as a numbered list: what, which settings differ, and the call. */
export const printPlan = (changes: readonly Change[]): string =>
  changes
    .map(({ title, differences = [], call }, index) =>
      [
        `${String(index + 1).padStart(3)}. ${title}`,
        ...differences.map((difference) => `       ${difference}`),
        `     ${printCall(call)}`,
      ].join('\n'),
    )
    .join('\n');

/** Writes what a removal would do. */
export const printRemoval = (undoings: readonly Undoing[]): string =>
  undoings
    .map(({ title, call }) =>
      call ? `  - ${title}\n    ${printCall(call)}` : `  - ${title}: nothing left to do`,
    )
    .join('\n');
