import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  causeName,
  diagnosisText,
} from '../../../../../src/extension/messages/texts/diagnosis-text.ts';
import { problemText } from '../../../../../src/extension/messages/texts/problem-text.ts';

const GERMAN = JSON.parse(readFileSync('public/_locales/de/messages.json', 'utf8'));

beforeEach(() => {
  vi.stubGlobal('chrome', {
    i18n: { getMessage: (key: string) => GERMAN[key]?.message ?? '' },
  });
});

const backendProblem = (code: string) => ({
  source: 'backend' as const,
  code,
  title: 'The moon is in the way',
  detail: 'It is full.',
  action: 'Wait for the new moon.',
  requestId: 'r-1',
});
const diagnosis = (cause: string) => ({
  cause,
  sentence: 'The moon is in the way.',
  evidence: [],
  who: 'nobody' as const,
  how: 'Wait for the new moon.',
  ruledOut: [],
});

describe('the words of a problem', () => {
  test('are those of the browser’s language for a code of the backend', () => {
    expect(problemText(backendProblem('tenant_unavailable'))).toEqual({
      title: 'Auth0 antwortet nicht',
      detail: 'Das Backend läuft, erreicht aber Auth0 nicht.',
      action: 'Versuchen Sie es in einer Minute erneut.',
    });
  });

  test('are the backend’s own for a code that a newer backend sends', () => {
    expect(problemText(backendProblem('moon_full'))).toEqual({
      title: 'The moon is in the way',
      detail: 'It is full.',
      action: 'Wait for the new moon.',
    });
  });
});

describe('the words of a diagnosis', () => {
  test('are those of the browser’s language for a known cause', () => {
    expect(diagnosisText(diagnosis('app_unreachable'))).toEqual({
      title: 'Die App antwortet nicht',
      action: 'Prüfen Sie, ob die App läuft und ob ihre Anmeldeadresse stimmt.',
    });
    expect(causeName('app_unreachable')).toBe('App nicht erreichbar');
  });

  test('are the backend’s own for a cause that a newer backend names', () => {
    expect(diagnosisText(diagnosis('moon_full'))).toEqual({
      title: 'The moon is in the way.',
      action: 'Wait for the new moon.',
    });
    expect(causeName('moon_full')).toBe('moon full');
  });
});
