import { describe, expect, it } from 'vitest';
import { probeLoginUrl } from '../../../src/doctor/probe/initiate-login.ts';

const redirect = (location: string, headers: Record<string, string> = {}): Response =>
  new Response(null, { status: 302, headers: { location, ...headers } });

/** Probes an app whose answers are given by path; tells which addresses were asked for. */
const probe = async (
  answers: Readonly<Record<string, (url: URL, headers: Headers) => Response>>,
  addresses: readonly string[] = ['203.0.113.7'],
) => {
  const asked: string[] = [];
  const result = await probeLoginUrl({
    loginUrl: 'https://shop.example/login',
    origins: ['https://shop.example', 'https://www.shop.example'],
    tenantHosts: ['login.example', 'example.eu.auth0.com'],
    markers: { token: 'marker-t', organization: 'marker-o' },
    resolve: async () => addresses,
    fetch: async (input, init) => {
      const url = new URL(String(input));
      asked.push(`${url.origin}${url.pathname}`);
      const answer = answers[url.pathname];
      if (!answer) {
        throw new TypeError('Nobody answers.');
      }
      return answer(url, new Headers(init?.headers));
    },
  });
  return { result, asked };
};

const toTenant = (url: URL): Response =>
  redirect(`https://login.example/authorize?response_type=code&${url.searchParams}`);

describe('a probe of a login URL', () => {
  it('sees both markers on their way to the tenant, and does not go there', async () => {
    const { result, asked } = await probe({ '/login': toTenant });
    expect(result).toEqual({
      kind: 'reached',
      tokenPassedOn: true,
      organizationPassedOn: true,
      responseType: 'code',
    });
    expect(asked).toEqual(['https://shop.example/login']);
  });

  it('follows the app’s own redirects, with its cookies', async () => {
    const { result, asked } = await probe({
      '/login': (url) =>
        redirect(`https://www.shop.example/start?${url.searchParams}`, {
          'set-cookie': 'a=1; Path=/',
        }),
      '/start': (url, headers) =>
        headers.get('cookie') === 'a=1' ? toTenant(url) : redirect('https://shop.example/lost'),
    });
    expect(result.kind).toBe('reached');
    expect(asked).toEqual(['https://shop.example/login', 'https://www.shop.example/start']);
  });

  it('leaves a redirect to anybody else alone', async () => {
    const { result, asked } = await probe({
      '/login': () => redirect('https://elsewhere.example/?t=1'),
    });
    expect(result).toEqual({
      kind: 'failed',
      reason: 'it leads to https://elsewhere.example, which is not the app’s',
    });
    expect(asked).toEqual(['https://shop.example/login']);
  });

  it.each(['169.254.169.254', 'fe80::1', '::ffff:169.254.169.254', 'fd00:ec2::254'])(
    'asks nothing of the link-local address %s',
    async (address) => {
      const { result, asked } = await probe({ '/login': toTenant }, [address]);
      expect(result).toEqual({ kind: 'failed', reason: 'shop.example is a link-local address' });
      expect(asked).toEqual([]);
    },
  );

  it('tells that an app answers with a page whose script would go on', async () => {
    const { result } = await probe({ '/login': () => new Response('<script></script>') });
    expect(result).toEqual({ kind: 'needs_script' });
  });

  it.each<[string, Readonly<Record<string, (url: URL) => Response>>, string]>([
    ['nobody answers', {}, 'https://shop.example did not answer'],
    [
      'the app fails',
      { '/login': () => new Response(null, { status: 500 }) },
      'https://shop.example answered 500',
    ],
    [
      'the app redirects in circles',
      { '/login': () => redirect('https://shop.example/login') },
      'it redirects without end',
    ],
  ])('says so when %s', async (_what, answers, reason) => {
    expect((await probe(answers)).result).toEqual({ kind: 'failed', reason });
  });
});
