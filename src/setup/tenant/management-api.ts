import * as z from 'zod/mini';
import type { Call } from '../../tenant-settings/call.ts';
import { type Json, type JsonObject, jsonObjectSchema } from '../../tenant-settings/json.ts';

const TIMEOUT_MILLISECONDS = 20_000;
const PAGE_SIZE = 50;
const MAX_ATTEMPTS = 4;
/** How long a refusal for the rate is waited out when the tenant does not say until when. */
const BACK_OFF_MILLISECONDS = 1_000;
const MAX_WAIT_MILLISECONDS = 60_000;

/** The Management API refused a call. The message has its status, method, path and own words, never the token. */
export class ManagementRefusalError extends Error {
  override readonly name = 'ManagementRefusalError';
  readonly status: number;
  readonly code: string | undefined;
  constructor(message: string, status: number, code: string | undefined) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The Management API did not answer. */
export class ManagementUnreachableError extends Error {
  override readonly name = 'ManagementUnreachableError';
}

/**
 * How a list is asked for: `totals` with `page` and `include_totals`, `wrapped` always has its totals,
 * `checkpoint` with `take` and `from`, `whole` comes at once.
 * @see Auth0 Management API v2, each endpoint's query parameters
 */
export type Paging = 'totals' | 'wrapped' | 'checkpoint' | 'whole';

/** What an answer's headers say about the tenant's clock and what is left of its rate. */
export type AnswerHeaders = {
  readonly date: string | null;
  readonly rateRemaining: string | null;
  readonly rateReset: string | null;
};

/** The Management API of one tenant, called with an operator's own token. */
export type ManagementApi = {
  /** Gives one object; `undefined` when it does not exist. */
  readonly get: (path: string) => Promise<JsonObject | undefined>;
  /** Gives all items of a list, page after page. `name` is the field that holds them. */
  readonly list: (path: string, name: string, paging: Paging) => Promise<readonly JsonObject[]>;
  /** Gives the answer as it is, whatever its form. */
  readonly read: (path: string) => Promise<Json>;
  /** Gives the answer's object, an empty one for an answer without a body. */
  readonly send: (call: Call) => Promise<JsonObject>;
  /** The headers of the latest answer; `undefined` before the first. */
  readonly lastHeaders: () => AnswerHeaders | undefined;
};

type Options = {
  /** The tenant's canonical domain, with port where there is one. */
  readonly domain: string;
  /** A short-lived token for the Management API, of a person. */
  readonly token: string;
  readonly fetch: typeof fetch;
  readonly delay: (milliseconds: number) => Promise<unknown>;
  readonly clock: () => Date;
};

const refusalSchema = z.object({
  message: z.optional(z.string()),
  errorCode: z.optional(z.string()),
});

const parseBody = (text: string): unknown => {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    // A page of HTML in front of the tenant: what it says is not for us.
    return {};
  }
};

/**
 * Makes a client that waits out a used-up rate and gives up after 20 s without an answer. GETs are
 * repeated where the rate was used up, and so are changes: Auth0 refuses those before doing anything.
 */
export const createManagementApi = (options: Options): ManagementApi => {
  const { domain, token, clock, delay } = options;
  let headers: AnswerHeaders | undefined;

  const attempt = async (method: string, path: string, body?: Json): Promise<Response> => {
    try {
      return await options.fetch(`https://${domain}/api/v2${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      });
    } catch (cause) {
      throw new ManagementUnreachableError(`${domain} did not answer ${method} ${path}.`, {
        cause,
      });
    }
  };

  const waitFor = async (response: Response): Promise<void> => {
    const reset = Number(response.headers.get('x-ratelimit-reset') ?? Number.NaN) * 1000;
    const milliseconds = reset - clock().getTime();
    await delay(
      milliseconds > 0 ? Math.min(milliseconds, MAX_WAIT_MILLISECONDS) : BACK_OFF_MILLISECONDS,
    );
  };

  const call = async (method: string, path: string, body?: Json): Promise<unknown> => {
    let response = await attempt(method, path, body);
    for (let count = 1; response.status === 429 && count < MAX_ATTEMPTS; count += 1) {
      await response.body?.cancel();
      await waitFor(response);
      response = await attempt(method, path, body);
    }
    headers = {
      date: response.headers.get('date'),
      rateRemaining: response.headers.get('x-ratelimit-remaining'),
      rateReset: response.headers.get('x-ratelimit-reset'),
    };
    const answer = parseBody(await response.text());
    if (response.ok) {
      return answer;
    }
    const refusal = refusalSchema.safeParse(answer).data;
    const words = refusal?.message ? `: ${refusal.message}` : '';
    throw new ManagementRefusalError(
      `The Management API answered ${response.status} to ${method} ${path}${words}`,
      response.status,
      refusal?.errorCode,
    );
  };

  const itemsOf = (answer: unknown, name: string): readonly JsonObject[] => {
    const list = Array.isArray(answer) ? answer : jsonObjectSchema.parse(answer)[name];
    return z.array(jsonObjectSchema).parse(list);
  };

  const withQuery = (path: string, query: Readonly<Record<string, string>>): string =>
    `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(query)}`;

  const listPages = async (path: string, name: string, paging: Paging): Promise<JsonObject[]> => {
    const items: JsonObject[] = [];
    for (let page = 0; ; page += 1) {
      const query = {
        page: String(page),
        per_page: String(PAGE_SIZE),
        ...(paging === 'totals' && { include_totals: 'true' }),
      };
      const found = itemsOf(await call('GET', withQuery(path, query)), name);
      items.push(...found);
      if (found.length < PAGE_SIZE) {
        return items;
      }
    }
  };

  const listFromCheckpoints = async (path: string, name: string): Promise<JsonObject[]> => {
    const items: JsonObject[] = [];
    let from: string | undefined;
    for (;;) {
      const query = { take: String(PAGE_SIZE), ...(from !== undefined && { from }) };
      const answer = jsonObjectSchema.parse(await call('GET', withQuery(path, query)));
      items.push(...itemsOf(answer, name));
      if (typeof answer['next'] !== 'string') {
        return items;
      }
      from = answer['next'];
    }
  };

  return {
    get: async (path) => {
      try {
        return jsonObjectSchema.parse(await call('GET', path));
      } catch (error) {
        if (error instanceof ManagementRefusalError && error.status === 404) {
          return undefined;
        }
        throw error;
      }
    },
    list: async (path, name, paging) => {
      if (paging === 'whole') {
        return itemsOf(await call('GET', path), name);
      }
      return paging === 'checkpoint'
        ? listFromCheckpoints(path, name)
        : listPages(path, name, paging);
    },
    read: async (path) => z.json().parse(await call('GET', path)),
    send: async ({ method, path, body }) => {
      const answer = jsonObjectSchema.safeParse(await call(method, path, body));
      return answer.data ?? {};
    },
    lastHeaders: () => headers,
  };
};
