import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import type { TokenExchangeProfile } from '../../../model.ts';
import { listAnswer } from '../lists/list-answer.ts';
import { managementError } from '../management-error.ts';
import { newId } from '../new-id.ts';
import { readPayload } from '../read-payload.ts';
import { requireScope } from '../require-scope.ts';

/** @see Auth0 documentation, "Custom Token Exchange", reserved `subject_token_type`s */
const RESERVED = /^(https?:\/\/(auth0|okta)\.com|urn:(ietf|auth0|okta)(:|$))/i;

const name = z.string().min(3).max(50);
const subjectTokenType = z
  .url()
  .min(8)
  .max(100)
  .refine((type) => !RESERVED.test(type), 'The subject_token_type is reserved.');

const creation = z.strictObject({
  name,
  subject_token_type: subjectTokenType,
  action_id: z.string().min(1),
  type: z.literal('custom_authentication'),
});
/** The Action and the kind of a profile never change. */
const change = z.strictObject({ name, subject_token_type: subjectTokenType }).partial();

/** What a `subject_token_type` runs. @see Auth0 Management API v2, Token Exchange Profiles */
export const tokenExchangeProfileRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { data, action } = context.directory;
  const all = '/api/v2/token-exchange-profiles';
  const one = '/api/v2/token-exchange-profiles/:id';
  const find = (id: string) => data.tokenExchangeProfiles.find((profile) => profile.id === id);
  const unknown = (c: Context<TenantEnv>) =>
    managementError(c, 404, 'The token exchange profile does not exist.');
  const isTaken = (type: string | undefined, except?: TokenExchangeProfile) =>
    data.tokenExchangeProfiles.some(
      (profile) => profile.subject_token_type === type && profile !== except,
    );
  const taken = (c: Context<TenantEnv>) =>
    managementError(c, 409, 'A profile with this subject_token_type already exists.');

  app.get(all, requireScope(context, 'read:token_exchange_profiles'), (c) =>
    c.req.query('take') === undefined && c.req.query('from') === undefined
      ? c.json({ token_exchange_profiles: data.tokenExchangeProfiles })
      : listAnswer(c, 'token_exchange_profiles', data.tokenExchangeProfiles, ({ id }) => id),
  );

  app.post(all, requireScope(context, 'create:token_exchange_profiles'), async (c) => {
    const read = await readPayload(c, creation);
    if ('refused' in read) {
      return read.refused;
    }
    if (isTaken(read.body.subject_token_type)) {
      return taken(c);
    }
    const triggers = action(read.body.action_id)?.supported_triggers ?? [];
    if (!triggers.some(({ id }) => id === 'custom-token-exchange')) {
      return managementError(c, 400, 'The action is not one for custom token exchange.');
    }
    const profile: TokenExchangeProfile = { ...read.body, id: newId(context, 'tep_') };
    data.tokenExchangeProfiles.push(profile);
    return c.json(profile, 201);
  });

  app.get(one, requireScope(context, 'read:token_exchange_profiles'), (c) => {
    const profile = find(c.req.param('id'));
    return profile ? c.json(profile) : unknown(c);
  });

  app.patch(one, requireScope(context, 'update:token_exchange_profiles'), async (c) => {
    const profile = find(c.req.param('id'));
    if (!profile) {
      return unknown(c);
    }
    const read = await readPayload(c, change);
    if ('refused' in read) {
      return read.refused;
    }
    if (isTaken(read.body.subject_token_type, profile)) {
      return taken(c);
    }
    Object.assign(profile, read.body);
    return c.body(null, 204);
  });

  app.delete(one, requireScope(context, 'delete:token_exchange_profiles'), (c) => {
    const id = c.req.param('id');
    data.tokenExchangeProfiles = data.tokenExchangeProfiles.filter((profile) => profile.id !== id);
    return c.body(null, 204);
  });
};
