import * as z from 'zod/mini';
import { openInSchema } from '../launch/launch-status.ts';
import { displayText } from '../texts/display-text.ts';

/** The languages that there are texts in. */
const languageSchema = z.enum(['de', 'en']);

/** What a company may set by policy, so that the agent can no longer choose it. Each may be left out. */
export const managedSettingsSchema = z.object({
  /** Origin of the company's backend. */
  backendUrl: z.optional(z.string()),
  /** Where a launch opens unless the agent chooses otherwise for that launch. */
  openIn: z.optional(openInSchema),
  /** Whether closing a session's last tab ends it. */
  endWithLastTab: z.optional(z.boolean()),
  /** The language of the interface, instead of the browser's. */
  language: z.optional(languageSchema),
  /** Whether the optional accesses are declined for everybody, so that nothing offers them. */
  offersDeclined: z.optional(z.boolean()),
});
export type ManagedSettings = z.infer<typeof managedSettingsSchema>;

/** A value of the policy that this version cannot use, as text for whoever wrote the policy. */
export const wrongSettingSchema = z.object({ name: z.string(), value: z.string() });
export type WrongSetting = z.infer<typeof wrongSettingSchema>;

/** What views are told: the settings in force, and what of the policy is not in force because it is wrong. */
export const managedSchema = z.extend(managedSettingsSchema, {
  // Policies that an earlier version stored do not have this field.
  wrong: z._default(z.array(wrongSettingSchema), []),
});
export type Managed = z.infer<typeof managedSchema>;

/** A policy is an object of settings; anything else counts as a policy that sets nothing. */
const policySchema = z.catch(z.record(z.string(), z.unknown()), {});

/** A wrong value is quoted up to this length, in characters: enough to find it in the policy. */
const MAX_SHOWN = 60;

/** Describes a value that cannot be used. */
export const wrongSetting = (name: string, value: unknown): WrongSetting => ({
  name: displayText(name).slice(0, MAX_SHOWN),
  value: displayText(JSON.stringify(value) ?? '').slice(0, MAX_SHOWN),
});

/**
 * Reads what a policy sets, each setting on its own: one whose value is wrong, or that this version does not know,
 * is listed in `wrong` and ignored; the others apply.
 */
export const parseManagedSettings = (policy: unknown): Managed => {
  const wrong: WrongSetting[] = [];
  const usable: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(policySchema.parse(policy))) {
    const schema = Object.entries(managedSettingsSchema.shape).find(([known]) => known === name);
    if (schema?.[1].safeParse(value).success) {
      usable[name] = value;
    } else {
      wrong.push(wrongSetting(name, value));
    }
  }
  return { ...managedSettingsSchema.parse(usable), wrong };
};
