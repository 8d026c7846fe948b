import { describe, expect, test } from 'vitest';
import { createBackendHttp } from '../../../../../src/extension/background/backend/backend-http.ts';
import { fakeNetwork, json } from '../fakes.ts';

const ORIGIN = 'https://understudy.acme.example';
const LAUNCHES = { launches: [] };

describe('a call', () => {
  test('goes to the endpoint with the token, and with nothing of the browser', async () => {
    const { network, requests } = fakeNetwork(() => json(LAUNCHES));
    let init: RequestInit | undefined;
    const http = createBackendHttp({
      ...network,
      fetch: (input, options) => {
        init = options;
        return network.fetch(input, options);
      },
    });
    await http(ORIGIN, 'launches', { query: { state: 'active' }, accessToken: 'at-1' });
    expect(requests[0]?.url).toBe('https://understudy.acme.example/v1/launches?state=active');
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer at-1');
    expect(init).toMatchObject({
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
  });

  test('to post something says nothing about storing, for Chromium would send a preflight each time', async () => {
    const { network } = fakeNetwork(() => json({}, 500));
    let init: RequestInit | undefined;
    const http = createBackendHttp({
      ...network,
      fetch: (input, options) => {
        init = options;
        return network.fetch(input, options);
      },
    });
    await http(ORIGIN, 'requestLaunch', { body: {} });
    expect(init).toMatchObject({ method: 'POST', credentials: 'omit' });
    expect(init).not.toHaveProperty('cache');
  });

  test('encodes path parameters, so that an id cannot become another path', async () => {
    const { network, requests } = fakeNetwork(() => json({}, 404));
    await createBackendHttp(network)(ORIGIN, 'customer', { params: { id: '../me?x=/#' } });
    expect(requests[0]?.url).toBe(
      'https://understudy.acme.example/v1/customers/..%2Fme%3Fx%3D%2F%23',
    );
  });

  test('encodes search terms full of query syntax', async () => {
    const { network, requests } = fakeNetwork(() => json({}, 400));
    await createBackendHttp(network)(ORIGIN, 'customers', { query: { q: 'a" OR *:*&limit=9' } });
    expect(requests[0]?.url).toBe(
      'https://understudy.acme.example/v1/customers?q=a%22+OR+*%3A*%26limit%3D9',
    );
  });

  test.each([
    ['launches', 15_000],
    ['requestLaunch', 20_000],
  ] as const)('%s gets %i milliseconds', async (name, milliseconds) => {
    const { network, timeouts } = fakeNetwork(() => json({}, 500));
    await createBackendHttp(network)(ORIGIN, name, {});
    expect(timeouts.map((timeout) => timeout.milliseconds)).toEqual([milliseconds]);
  });
});

describe('an answer', () => {
  const answered = async (answer: () => Response | Promise<Response>, online = true) => {
    const { network } = fakeNetwork(answer, online);
    return createBackendHttp(network)(ORIGIN, 'launches', {});
  };

  test('is given as its schema reads it', async () => {
    expect(await answered(() => json({ ...LAUNCHES, unknown: 1 }))).toEqual({
      ok: true,
      value: LAUNCHES,
    });
  });

  test('that is a problem is given in the words of the backend', async () => {
    const problem = {
      type: 'about:blank',
      status: 403,
      code: 'permission_denied',
      title: 'No',
      detail: 'Why',
      action: 'What to do',
      requestId: 'req-1',
    };
    expect(await answered(() => json(problem, 403))).toEqual({
      ok: false,
      problem: {
        source: 'backend',
        code: 'permission_denied',
        title: 'No',
        detail: 'Why',
        action: 'What to do',
        requestId: 'req-1',
      },
    });
  });

  test('that is a problem is given with the sign-in that would cure it', async () => {
    const problem = {
      type: 'about:blank',
      status: 403,
      code: 'step_up_required',
      title: 'No',
      detail: 'Why',
      action: 'What to do',
      requestId: 'req-1',
      stepUp: { maxAgeSeconds: 300, acrValues: 'urn:strong' },
    };
    expect(await answered(() => json(problem, 403))).toMatchObject({
      problem: { stepUp: { maxAgeSeconds: 300, acrValues: 'urn:strong' } },
    });
  });

  test.each([
    ['HTML with status 200', () => new Response('<html>', { status: 200 })],
    ['HTML from a proxy', () => new Response('<html>Bad gateway</html>', { status: 502 })],
    ['JSON of another shape', () => json({ launches: 'none' })],
    ['a problem with an unknown code', () => json({ code: 'teapot' }, 418)],
    ['another status than the endpoint has', () => json(LAUNCHES, 201)],
    ['nothing', () => new Response(null, { status: 204 })],
  ])('that is %s is named as one that makes no sense', async (_name, answer) => {
    expect(await answered(answer)).toEqual({
      ok: false,
      problem: { source: 'extension', code: 'backend_invalid_answer' },
    });
  });

  const fails = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));

  test('that does not come is an unreachable backend', async () => {
    expect(await answered(fails)).toMatchObject({ problem: { code: 'backend_unreachable' } });
  });

  test('that does not come without a network is being offline', async () => {
    expect(await answered(fails, false)).toMatchObject({ problem: { code: 'offline' } });
  });

  test('that takes too long is a timeout', async () => {
    const fake = fakeNetwork(() => {
      fake.timeouts[0]?.abort();
      return fails();
    });
    expect(await createBackendHttp(fake.network)(ORIGIN, 'launches', {})).toMatchObject({
      problem: { code: 'timeout' },
    });
  });
});
