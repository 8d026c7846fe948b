import { describe, expect, it } from 'vitest';
import { readExchangeAnswer } from '../../../../../../src/backend/adapters/auth0/exchange/exchange-answer.ts';
import { TenantUnavailableError } from '../../../../../../src/backend/ports/tenant-errors.ts';

const STT = 'urn:auth0:params:oauth:token-type:session_transfer_token';
const GOOD = { access_token: 'stt', issued_token_type: STT, token_type: 'N_A', expires_in: 60 };

describe('a token answer', () => {
  it('is read', () => {
    expect(readExchangeAnswer(200, GOOD)).toEqual({ token: 'stt', expiresInSeconds: 60 });
  });

  it.each([
    ['token_type', { access_token: 'stt', issued_token_type: STT, expires_in: 45 }, 45],
    ['expires_in', { access_token: 'stt', issued_token_type: STT }, 60],
  ])('without %s is read all the same', (_name, body, expiresInSeconds) => {
    expect(readExchangeAnswer(200, body)).toEqual({ token: 'stt', expiresInSeconds });
  });

  it('is not believed to live longer than five minutes', () => {
    expect(readExchangeAnswer(200, { ...GOOD, expires_in: 1e9 })).toMatchObject({
      expiresInSeconds: 300,
    });
  });

  it.each([
    { ...GOOD, issued_token_type: 'urn:ietf:params:oauth:token-type:access_token' },
    { access_token: 'at', token_type: 'Bearer' },
    { ...GOOD, issued_token_type: undefined },
  ])('of another kind like %j is refused', (body) => {
    expect(readExchangeAnswer(200, body)).toMatchObject({ code: 'exchange_refused' });
  });

  it.each([{ ...GOOD, access_token: '' }, { ...GOOD, expires_in: -1 }, {}, undefined, '<html>'])(
    'like %j leaves it open whether there is a token',
    (body) => {
      expect(() => readExchangeAnswer(200, body)).toThrow(TenantUnavailableError);
    },
  );
});

describe('an error answer', () => {
  it.each([
    [400, 'invalid_request', 'exchange_refused'],
    [400, 'setactor_required', 'setactor_required'],
    [400, 'session_transfer_disabled', 'session_transfer_disabled'],
    [400, 'actor_mismatch', 'actor_mismatch'],
    [400, 'customer_protected', 'customer_protected'],
    [400, 'permission_denied', 'permission_denied'],
    [400, 'subject_token_expired', 'exchange_refused'],
    [400, 'internal', 'exchange_refused'],
    [400, 'launch_already_requested', 'exchange_refused'],
    [401, 'invalid_client', 'exchange_refused'],
    [403, 'unauthorized_client', 'exchange_refused'],
    [403, 'access_denied', 'policy_denied'],
    [429, 'too_many_attempts', 'rate_limited'],
    [429, 'access_denied', 'rate_limited'],
    [401, 'access_denied', 'exchange_refused'],
  ])('%i %s becomes %s', (status, error, code) => {
    expect(readExchangeAnswer(status, { error, error_description: 'x' })).toMatchObject({
      refused: true,
      code,
    });
  });

  it('never shows the description', () => {
    const body = { error: 'invalid_request', error_description: 'secret detail' };
    expect(JSON.stringify(readExchangeAnswer(400, body))).not.toContain('secret detail');
  });

  it('429 without a body is the rate limit', () => {
    expect(readExchangeAnswer(429, undefined)).toMatchObject({ code: 'rate_limited' });
  });

  it.each([
    [500, { error: 'server_error' }],
    [503, undefined],
    [400, undefined],
    [404, '<html>'],
    [400, { error: '<script>' }],
  ])('%i %j is no answer', (status, body) => {
    expect(() => readExchangeAnswer(status, body)).toThrow(TenantUnavailableError);
  });
});
