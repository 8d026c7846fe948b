import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A schema with an attribute of each kind that the configuration can map. */
export const SCHEMA = `
entity Role;
entity Organization { name: String };
entity Agent in [Role] { team?: String };
entity Customer in [Organization] { connection: String, tier?: String };
action actAs appliesTo {
  principal: Agent,
  resource: Customer,
  context: {
    app: String, organization?: Organization, mode: String, minutes: Long,
    reasonGiven: Bool, ticketGiven: Bool,
    time: datetime, localHour: Long, weekday: Long,
    launchesLastHour: Long, activeSessions: Long,
    authAgeSeconds: Long, authMethods: Set<String>, authClass?: String,
    network?: ipaddr, approvedBy?: Agent,
  },
};`;

export const PERMIT_ALL = '@id("everybody") permit (principal, action, resource);';

export const ATTRIBUTES = { agent: ['team'], customer: ['tier'] };

/** Writes a folder of policies, under the names that are given. */
export const policyFolder = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-policies-'));
  writePolicies(folder, files);
  return folder;
};

/** Writes files into a folder of policies. */
export const writePolicies = (folder: string, files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
};
