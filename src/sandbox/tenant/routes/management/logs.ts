import type { Context, Hono } from 'hono';
import type { TenantContext, TenantEnv } from '../../context.ts';
import type { LogEntry } from '../../log/tenant-log.ts';
import { matchesQuery } from '../../search/matches-query.ts';
import { parseQuery } from '../../search/parse-query.ts';
import { InvalidQueryStringError, type SearchFields } from '../../search/search-query.ts';
import { pageBody, paginate } from './lists/paginate.ts';
import { selectFields } from './lists/select-fields.ts';
import { sortBy } from './lists/sort-by.ts';
import { managementError } from './management-error.ts';
import { requireScope } from './require-scope.ts';

/** The fields that Auth0 documents; nothing inside `details` is among them. */
const searchable = new Set(
  'client_id client_name connection connection_id date description hostname ip log_id organization_id strategy strategy_type type user_agent user_id user_name'.split(
    ' ',
  ),
);
const fields: SearchFields = {
  isSearchable: (field) => searchable.has(field),
  isDate: (field) => field === 'date',
};

/** The entries that have appeared by now; an entry appears as late as the sandbox's condition says. */
const visibleEntries = ({ log, conditions, clock }: TenantContext): readonly LogEntry[] => {
  const latest = clock() - conditions.logDelayInSeconds * 1000;
  return log.entries.filter((entry) => Date.parse(entry.date) <= latest);
};

/** What the endpoint's documentation lists. */
const listedParameters = new Set(
  'q search page per_page sort fields include_fields include_totals from take'.split(' '),
);

const unlistedParameter = (c: Context<TenantEnv>): string | undefined =>
  Object.keys(c.req.query()).find((name) => !listedParameters.has(name));

/** A checkpoint looks at `from` and `take` alone, and goes by id. */
const checkpoint = (c: Context<TenantEnv>, entries: readonly LogEntry[]): Response => {
  const take = Number(c.req.query('take') ?? '50');
  if (!Number.isInteger(take) || take < 1 || take > 100) {
    return managementError(c, 400, 'Invalid take.', 'invalid_query_string');
  }
  const from = c.req.query('from');
  const part = entries.filter(({ log_id }) => from === undefined || log_id > from).slice(0, take);
  const last = part.at(-1);
  if (last) {
    const next = new URL('/api/v2/logs', c.req.url);
    next.search = new URLSearchParams({ from: last.log_id, take: String(take) }).toString();
    c.header('Link', `<${next.href}>; rel="next"`);
  }
  return c.json(part);
};

const listLogs = (c: Context<TenantEnv>, context: TenantContext): Response => {
  const entries = visibleEntries(context);
  if (c.req.query('from') !== undefined || c.req.query('take') !== undefined) {
    return checkpoint(c, entries);
  }
  const unlisted = unlistedParameter(c);
  if (unlisted !== undefined && context.choices.unlistedLogParameters === 'refused') {
    const message = `Query validation error: 'Additional properties not allowed: ${unlisted}'.`;
    return managementError(c, 400, message, 'invalid_query_string');
  }
  let found: LogEntry[];
  try {
    const query = parseQuery(c.req.query('q') ?? c.req.query('search') ?? '', fields);
    found = entries.filter((entry) => matchesQuery(entry, query, 'significant'));
  } catch (error) {
    if (!(error instanceof InvalidQueryStringError)) {
      throw error;
    }
    return managementError(c, 400, error.message, 'invalid_query_string');
  }
  const sort = c.req.query('sort') ?? 'date:-1';
  // Events of the same millisecond keep the order of writing, whichever way the list runs.
  const ordered = sort.startsWith('date:')
    ? sortBy(found, sort.replace('date:', 'log_id:'))
    : sortBy(found, sort);
  const page = paginate(c, ordered);
  if (!page) {
    return managementError(c, 400, 'Invalid page.', 'invalid_query_string');
  }
  const items = page.items.map((entry) => selectFields(c, entry));
  return c.json(pageBody('logs', { ...page, items }, found.length));
};

/** The tenant's log, by search or by checkpoint. @see Auth0 Management API v2, Logs */
export const logRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  app.get('/api/v2/logs', requireScope(context, 'read:logs'), (c) => listLogs(c, context));
  app.get('/api/v2/logs/:id', requireScope(context, 'read:logs'), (c) => {
    const entry = visibleEntries(context).find(
      (candidate) => candidate.log_id === c.req.param('id'),
    );
    return entry ? c.json(entry) : managementError(c, 404, 'The log entry does not exist.');
  });
};
