import '../../../src/sandbox/resolve-localhost.mjs';

type Answer = {
  readonly status: number;
  readonly url: URL;
  readonly location: URL | undefined;
  readonly text: string;
};

const MAX_REDIRECTS = 15;

/** A browser without scripts: keeps cookies by host, follows redirects one by one, fills in forms. */
export const createWebClient = () => {
  const jar = new Map<string, Map<string, string>>();

  const keepCookies = (url: URL, response: Response): void => {
    const cookies = jar.get(url.hostname) ?? new Map<string, string>();
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const separator = pair.indexOf('=');
      const name = pair.slice(0, separator).trim();
      const expired = attributes.some((attribute) =>
        /^\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(attribute),
      );
      if (expired) {
        cookies.delete(name);
      } else {
        cookies.set(name, pair.slice(separator + 1));
      }
    }
    jar.set(url.hostname, cookies);
  };

  /** One request, no redirect followed. */
  const request = async (target: URL | string, init: RequestInit = {}): Promise<Answer> => {
    const url = new URL(target);
    const headers = new Headers(init.headers);
    const cookies = [...(jar.get(url.hostname) ?? [])].map(([name, value]) => `${name}=${value}`);
    if (cookies.length > 0) {
      headers.set('cookie', cookies.join('; '));
    }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    keepCookies(url, response);
    const location = response.headers.get('location');
    return {
      status: response.status,
      url,
      location: location === null ? undefined : new URL(location, url),
      text: await response.text(),
    };
  };

  /** Opens a page and follows redirects until there is none, or one leads to where `stopAt` says. */
  const open = async (
    target: URL | string,
    init: RequestInit = {},
    stopAt: (url: URL) => boolean = () => false,
  ): Promise<Answer> => {
    let answer = await request(target, init);
    for (let hop = 0; answer.location && !stopAt(answer.location); hop += 1) {
      if (hop >= MAX_REDIRECTS) {
        throw new Error(`Too many redirects at ${answer.url.origin}`);
      }
      answer = await request(answer.location);
    }
    return answer;
  };

  /** Sends the first form of a page with these fields filled in. */
  const submit = (
    page: Answer,
    fields: Readonly<Record<string, string>>,
    stopAt?: (url: URL) => boolean,
  ): Promise<Answer> => {
    const decode = (text: string) =>
      text
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&');
    const [form = ''] = /<form[\s\S]*?<\/form>/i.exec(page.text) ?? [];
    const attribute = (tag: string, name: string) => {
      const [, value] = new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(tag) ?? [];
      return value === undefined ? undefined : decode(value);
    };
    const body = new URLSearchParams();
    for (const [tag] of form.matchAll(/<input[^>]*>/gi)) {
      const name = attribute(tag, 'name');
      if (name) {
        body.set(name, attribute(tag, 'value') ?? '');
      }
    }
    for (const [name, value] of Object.entries(fields)) {
      body.set(name, value);
    }
    const action = attribute(/<form[^>]*>/i.exec(form)?.[0] ?? '', 'action') || page.url.href;
    return open(new URL(action, page.url), { method: 'POST', body }, stopAt);
  };

  return { request, open, submit };
};
