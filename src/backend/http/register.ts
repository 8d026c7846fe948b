import type { Hono } from 'hono';
import type * as z from 'zod/mini';
import type { ErrorCode } from '../../contract/error-codes.ts';
import type { AgentId } from '../../contract/ids.ts';
import type { Permission } from '../../contract/permissions.ts';
import type { Caller } from '../launch/dependencies.ts';
import { recordRefusedRequest } from '../launch/refused-request.ts';
import { refuseWithoutPermission } from '../policy/permission.ts';
import type { Ledger } from '../ports/ledger.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { ClientGoneError } from './client-gone.ts';
import { callerOf, type HttpContext, type HttpEnvironment } from './environment.ts';
import type { Operation, RateClass } from './operations.ts';
import { parseRequest } from './parse-request.ts';
import { problemResponse } from './problem-response.ts';
import { refusalOfError } from './refusal-of-error.ts';

/** An operation that needs an agent. */
type AgentOperation<Reply> = Operation & {
  readonly access: 'agent' | Permission;
  readonly rate: RateClass;
  readonly reply: z.ZodMiniType<Reply>;
};

/** A request that may be served. */
type Call = { readonly c: HttpContext; readonly caller: Caller };

/** What an operation answers with: its reply as the contract has it, a refusal, or a response of its own making. */
type Answer<Reply> = Promise<Reply | Refusal | Response>;

/** The only ways to add a route for agents. */
export type Register = {
  /** Adds an operation that has no request body. */
  readonly route: <Reply>(
    operation: AgentOperation<Reply>,
    serve: (call: Call) => Answer<Reply>,
  ) => void;
  /**
   * Adds an operation with a request body. `recordWithoutPermission` records a missing permission where
   * the ledger wants to know more than who asked.
   */
  readonly routeWithBody: <Body, Reply>(
    operation: AgentOperation<Reply> & { readonly request: z.ZodMiniType<Body> },
    serve: (call: Call & { readonly body: Body }) => Answer<Reply>,
    recordWithoutPermission?: (caller: Caller, body: Body, refusal: Refusal) => Promise<void>,
  ) => void;
};

export type RegisterOptions = {
  readonly ledger: Ledger;
  /** Whether the agent has not used up this class of calls. What is over it leaves no row, or anybody could fill the ledger. */
  readonly withinRate: (rate: RateClass, agentId: AgentId) => boolean;
  /** Told how each call ended: `ok`, or the code that it was refused or broke with. */
  readonly onOutcome: (operation: Operation, outcome: ErrorCode | 'ok') => void;
};

/**
 * Makes {@link Register}: a route is added from the table of operations, and each lets an agent pass as
 * often as its rate class allows, reads the body through the declared schema, and requires the declared
 * permission, in this order. A malformed body and a missing permission are recorded in the ledger.
 */
export const createRegister = (
  app: Hono<HttpEnvironment>,
  { ledger, withinRate, onOutcome }: RegisterOptions,
): Register => {
  const missingPermission = ({ agent }: Caller, { access }: AgentOperation<unknown>) =>
    access === 'agent' ? undefined : refuseWithoutPermission(agent, access);

  const add = <Reply>(
    operation: AgentOperation<Reply>,
    answer: (call: Call) => Answer<Reply>,
  ): void => {
    const path = operation.path.replace(/\{(\w+)\}/g, ':$1');
    app.on(operation.method, path, async (c) => {
      const caller = callerOf(c);
      try {
        const reply = withinRate(operation.rate, caller.agent.id)
          ? await answer({ c, caller })
          : refuse('rate_limited', 'You have asked too often in the last minute.');
        onOutcome(operation, isRefusal(reply) ? reply.code : 'ok');
        if (reply instanceof Response) {
          return reply;
        }
        return isRefusal(reply) ? problemResponse(c, reply) : c.json(reply, operation.status);
      } catch (error) {
        if (!(error instanceof ClientGoneError)) {
          onOutcome(operation, refusalOfError(error).code);
        }
        throw error;
      }
    });
  };

  return {
    route: (operation, serve) =>
      add(operation, async (call) => {
        const missing = missingPermission(call.caller, operation);
        return missing ? recordRefusedRequest(ledger, call.caller, missing) : serve(call);
      }),
    routeWithBody: (operation, serve, recordWithoutPermission) =>
      add(operation, async (call) => {
        const { c, caller } = call;
        const parsed = await parseRequest(c.req.raw, operation.request);
        if ('refusal' in parsed) {
          return problemResponse(
            c,
            await recordRefusedRequest(ledger, caller, parsed.refusal),
            parsed.status,
          );
        }
        const missing = missingPermission(caller, operation);
        if (!missing) {
          return serve({ c, caller, body: parsed.value });
        }
        if (!recordWithoutPermission) {
          return recordRefusedRequest(ledger, caller, missing);
        }
        await recordWithoutPermission(caller, parsed.value, missing);
        return missing;
      }),
  };
};
