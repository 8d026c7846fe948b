import * as z from 'zod/mini';
import { errorCodeSchema } from '../../../contract/error-codes.ts';
import { launchNeedSchema } from '../../../contract/launch-preview.ts';
import type { PolicyNote } from '../../ports/company-policy.ts';

const MAX_DETAIL_CHARACTERS = 300;

/**
 * What a rule may say about itself. An annotation that is not listed is an error, for a misspelt `@remedy` would
 * otherwise be none. What is granted is never said here: limits in annotations would fail open.
 */
const annotationsSchema = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9][a-z0-9_-]{0,63}$/)),
  code: z.optional(errorCodeSchema),
  remedy: z.optional(launchNeedSchema),
  detail: z.optional(z.string().check(z.minLength(1), z.maxLength(MAX_DETAIL_CHARACTERS))),
  max_age: z.optional(z.string().check(z.regex(/^\d{1,7}$/))),
  acr_values: z.optional(z.string().check(z.minLength(1))),
});

/** The refusals that a rule may choose for what the agent is told. */
const CODES: readonly string[] = [
  'policy_denied',
  'customer_protected',
  'target_app_unavailable',
  'organization_not_allowed',
  'reason_required',
  'ticket_required',
  'step_up_required',
  'rate_limited',
];

/** Reads a rule's annotations. Gives what is wrong with them where they cannot be used. */
export const readAnnotations = (
  annotations: Readonly<Record<string, string>>,
  effect: 'permit' | 'forbid',
): PolicyNote | { readonly problems: readonly string[] } => {
  if (annotations['id'] === undefined) {
    return { problems: ['has no @id'] };
  }
  const parsed = annotationsSchema.safeParse(annotations);
  if (!parsed.success) {
    return {
      problems: parsed.error.issues.map((issue) =>
        issue.code === 'unrecognized_keys'
          ? `has an annotation that means nothing here: @${issue.keys.join(', @')}`
          : `@${issue.path.join('.')}: ${issue.message}`,
      ),
    };
  }
  const { id, code, remedy, detail, max_age: maxAge, acr_values: acrValues } = parsed.data;
  const describesSignIn = maxAge !== undefined || acrValues !== undefined;
  const problems = [
    ...(code !== undefined && !CODES.includes(code)
      ? [`@code("${code}"): a rule can refuse with ${CODES.join(', ')}`]
      : []),
    ...(effect === 'permit' && (code ?? remedy ?? detail) !== undefined
      ? ['is a permit: @code, @remedy and @detail belong to what refuses']
      : []),
    ...(describesSignIn && remedy !== 'step_up'
      ? ['@max_age and @acr_values belong to @remedy("step_up")']
      : []),
  ];
  if (problems.length > 0) {
    return { problems };
  }
  return {
    id,
    ...(code !== undefined && { code }),
    ...(remedy !== undefined && { remedy }),
    ...(detail !== undefined && { detail }),
    ...(describesSignIn && {
      stepUp: {
        ...(maxAge !== undefined && { maxAgeSeconds: Number(maxAge) }),
        ...(acrValues !== undefined && { acrValues }),
      },
    }),
  };
};
