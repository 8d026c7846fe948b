import type { Context, Hono } from 'hono';
import type { TenantContext, TenantEnv } from '../../context.ts';
import { defaultConditions, sandboxConditions } from '../../sandbox-conditions.ts';
import { undocumentedChoices } from '../../undocumented-choices.ts';
import { managementError } from '../management/management-error.ts';
import { requireScope } from '../management/require-scope.ts';

/** The Management API scope that only the sandbox has. */
export const SANDBOX_SCOPE = 'update:sandbox';

const PATH = '/api/v2/sandbox/choices';
const choicesPatch = undocumentedChoices.partial();
const conditionsPatch = sandboxConditions.partial();

/** Puts every choice and condition back to where the tenant started. */
export type ResetLevers = () => void;

/** Splits one flat object into what belongs to the choices and what to the conditions. */
const split = (body: object) => {
  const entries = Object.entries(body);
  const isChoice = ([name]: [string, unknown]) => Object.hasOwn(undocumentedChoices.shape, name);
  return {
    choices: choicesPatch.safeParse(Object.fromEntries(entries.filter(isChoice))),
    conditions: conditionsPatch.safeParse(
      Object.fromEntries(entries.filter((entry) => !isChoice(entry))),
    ),
  };
};

/**
 * SANDBOX ONLY, no real tenant has it: reads, changes (`PATCH`, unknown names and wrong values are
 * 400 and change nothing) and resets (`DELETE`) every undocumented choice and every condition, as one
 * flat object.
 */
export const choiceRoutes = (app: Hono<TenantEnv>, context: TenantContext): ResetLevers => {
  const initialChoices = { ...context.choices };
  const reset: ResetLevers = () => {
    Object.assign(context.choices, initialChoices);
    Object.assign(context.conditions, defaultConditions);
  };
  const guard = requireScope(context, SANDBOX_SCOPE);
  const show = (c: Context<TenantEnv>) => c.json({ ...context.choices, ...context.conditions });

  app.get(PATH, guard, show);

  app.patch(PATH, guard, async (c) => {
    const body: unknown = await c.req.json().catch(() => undefined);
    if (typeof body !== 'object' || body === null) {
      return managementError(c, 400, 'Payload validation error', 'invalid_body');
    }
    const { choices, conditions } = split(body);
    if (!choices.success || !conditions.success) {
      return managementError(c, 400, 'Payload validation error', 'invalid_body');
    }
    Object.assign(context.choices, choices.data);
    Object.assign(context.conditions, conditions.data);
    return show(c);
  });

  app.delete(PATH, guard, (c) => {
    reset();
    return show(c);
  });
  return reset;
};
