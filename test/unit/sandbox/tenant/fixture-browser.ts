import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { FixtureTenant } from './fixture-tenant.ts';

export const VERIFIER = 'a-verifier-of-at-least-forty-three-characters-length';
export const challenge = createHash('sha256').update(VERIFIER).digest('base64url');

/** A browser with a cookie jar per host, at one IP address, that talks to the tenant only. */
export const fixtureBrowser = (tenant: FixtureTenant, ip = '198.51.100.7') => {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: URL) => {
    const jar = jars.get(url.host) ?? new Map<string, string>();
    jars.set(url.host, jar);
    return jar;
  };
  const send = async (url: URL, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    const jar = jarOf(url);
    if (jar.size > 0) {
      headers.set('cookie', [...jar].map(([k, v]) => `${k}=${v}`).join('; '));
    }
    const response = await tenant.fetch(new Request(url, { ...init, headers }), { ip });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const name = pair.slice(0, pair.indexOf('='));
      if (attributes.includes('Max-Age=0')) {
        jar.delete(name);
      } else {
        jar.set(name, pair.slice(name.length + 1));
      }
    }
    return response;
  };
  /** Follows redirects as long as they stay on the tenant. */
  const follow = async (first: Response, base: URL): Promise<Response> => {
    let response = first;
    for (let hop = 0; hop < 5; hop += 1) {
      const location = response.headers.get('location');
      if (!location?.startsWith('/')) {
        return response;
      }
      response = await send(new URL(location, base), {});
    }
    return response;
  };
  const get = async (url: URL): Promise<Response> => follow(await send(url, {}), url);

  return {
    ip,
    jarOf: (origin: string) => jarOf(new URL(origin)),
    send,
    get,
    authorize: (origin: string, parameters: Record<string, string | undefined>) => {
      const url = new URL('/authorize', origin);
      for (const [name, value] of Object.entries(parameters)) {
        if (value !== undefined) {
          url.searchParams.set(name, value);
        }
      }
      return get(url);
    },
    /** Fills in the login page that a response shows. */
    submit: async (page: Response, origin: string, username: string, password: string) => {
      const state = (await page.text()).match(/name="state" value="([^"]+)"/)?.[1] ?? '';
      const url = new URL('/u/login', origin);
      return follow(
        await send(url, {
          method: 'POST',
          body: new URLSearchParams({ state, username, password }),
        }),
        url,
      );
    },
  };
};

export type FixtureBrowser = ReturnType<typeof fixtureBrowser>;

/** Posts to an endpoint as a server would. */
export const post = async (
  tenant: FixtureTenant,
  url: string,
  parameters: Record<string, string | undefined>,
  headers: Record<string, string> = {},
  ip = '203.0.113.1',
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> => {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) {
      form.set(name, value);
    }
  }
  const response = await tenant.fetch(new Request(url, { method: 'POST', body: form, headers }), {
    ip,
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text ? (JSON.parse(text) as Record<string, unknown>) : {},
    headers: response.headers,
  };
};

export const locationOf = (response: Response): URL =>
  new URL(response.headers.get('location') ?? 'about:blank');

export const claimsOf = (token: unknown): Record<string, unknown> => decodeJwt(String(token));
