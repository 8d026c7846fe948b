/** A browser without scripts: follows redirects over real HTTP and keeps cookies by host. */
export const httpBrowser = (request: typeof fetch = fetch) => {
  const jars = new Map<string, Map<string, string>>();

  const send = async (url: URL, init: RequestInit = {}): Promise<Response> => {
    // As in browsers, a cookie is of the host name, whatever the port.
    const jar = jars.get(url.hostname) ?? new Map<string, string>();
    jars.set(url.hostname, jar);
    const headers = new Headers(init.headers);
    if (jar.size > 0) {
      headers.set('cookie', [...jar].map(([k, v]) => `${k}=${v}`).join('; '));
    }
    const response = await request(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/; ?/);
      const name = pair.slice(0, pair.indexOf('='));
      const gone = attributes.some((each) => /^(Max-Age=0|Expires=Thu, 01 Jan 1970)/i.test(each));
      if (gone) {
        jar.delete(name);
      } else {
        jar.set(name, pair.slice(name.length + 1));
      }
    }
    return response;
  };

  const visit = async (
    address: string,
    init: RequestInit = {},
  ): Promise<{ url: URL; status: number; body: string }> => {
    let url = new URL(address);
    let response = await send(url, init);
    for (let hop = 0; hop < 10; hop += 1) {
      const location = response.headers.get('location');
      if (!location) {
        break;
      }
      url = new URL(location, url);
      response = await send(url);
    }
    return { url, status: response.status, body: await response.text() };
  };

  return {
    visit,
    /** Gives the answer of one address as it is, redirect or not. */
    open: (address: string) => send(new URL(address)),
    /** Posts a form and gives the answer as it is, redirect or not. */
    post: (url: URL, fields: Record<string, string>) =>
      send(url, { method: 'POST', body: new URLSearchParams(fields) }),
    /** Fills in the login page that a visit ended on. */
    signIn: (page: { url: URL; body: string }, username: string, password: string) => {
      const state = page.body.match(/name="state" value="([^"]+)"/)?.[1] ?? '';
      return visit(new URL('/u/login', page.url).href, {
        method: 'POST',
        body: new URLSearchParams({ state, username, password }),
      });
    },
  };
};
