import { describe, expect, test } from 'vitest';
import { diagnosisCauseSchema } from '../../../../../../src/contract/diagnosis.ts';
import { ERROR_CODES } from '../../../../../../src/contract/error-codes.ts';
import { EXTENSION_PROBLEM_CODES } from '../../../../../../src/extension/messages/wire/extension-problem-codes.ts';
import { extensionProblem } from '../../../../../../src/extension/messages/wire/problem.ts';
import { canLandOnRetry } from '../../../../../../src/extension/popup/state/launch/landing-retry.ts';
import { canPassOnRetry } from '../../../../../../src/extension/popup/state/launch/retry.ts';

describe('a retry is offered', () => {
  test.each([
    'timeout',
    'offline',
    'worker_stopped',
    'sign_in_failed',
    'step_up_closed',
    'step_up_failed',
  ] as const)('after %s, which passes', (code) => {
    expect(canPassOnRetry(extensionProblem(code))).toBe(true);
  });

  test.each([
    'customer_protected',
    'permission_denied',
    'policy_denied',
    'setactor_required',
  ] as const)('never after %s, which stays as it is until somebody changes it', (code) => {
    const words = { title: '', detail: '', action: '', requestId: '' };
    expect(canPassOnRetry({ source: 'backend', code, ...words })).toBe(false);
  });

  test('only for codes and causes that exist', () => {
    const words = { sentence: '', evidence: [], who: 'nobody' as const, how: '', ruledOut: [] };
    const causes = diagnosisCauseSchema.options.filter((cause) =>
      canLandOnRetry({ cause, ...words }),
    );
    expect(causes).toEqual([
      'token_expired',
      'token_used',
      'app_unreachable',
      'tab_closed',
      'unknown',
    ]);
    const codes = new Set<string>([...EXTENSION_PROBLEM_CODES, ...ERROR_CODES]);
    const text = { title: '', detail: '', action: '', requestId: '' };
    const passing = [...codes].filter((code) =>
      canPassOnRetry({ source: 'backend', code, ...text }),
    );
    expect(passing).toHaveLength(22);
  });
});
