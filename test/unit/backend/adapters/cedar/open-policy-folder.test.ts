import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openPolicyFolder } from '../../../../../src/backend/adapters/cedar/open-policy-folder.ts';
import { PolicyFolderError } from '../../../../../src/backend/adapters/cedar/policy-folder.ts';
import type { PolicyFacts } from '../../../../../src/backend/ports/company-policy.ts';
import { agentId, FACTS, organizationId } from '../../fixtures.ts';
import { ATTRIBUTES, PERMIT_ALL, policyFolder, SCHEMA, writePolicies } from './policy-fixture.ts';

const GRANT = { mode: 'full', minutes: 120 } as const;
const ASKED: PolicyFacts = { ...FACTS, reasonGiven: true, ticketGiven: false };

const open = (files: Readonly<Record<string, string>>) => {
  const folder = policyFolder({ 'schema.cedarschema': SCHEMA, ...files });
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const onState = vi.fn();
  return {
    folder,
    log,
    onState,
    ...openPolicyFolder({ folder, attributes: ATTRIBUTES, log, onState }),
  };
};

const decide = (policies: string, facts: Partial<PolicyFacts> = {}, minutes = 120) => {
  const { outcome, policies: notes } = open({ 'a.cedar': policies })
    .current()
    .ask({ ...ASKED, ...facts }, { ...GRANT, minutes });
  return [outcome, ...notes.map(({ id }) => id)];
};

const problemsOf = (files: Readonly<Record<string, string>>): readonly string[] => {
  try {
    open(files);
    return [];
  } catch (error) {
    return error instanceof PolicyFolderError ? error.problems : [String(error)];
  }
};

describe('a folder of policies', () => {
  it('allows what a permit covers, and names it', () => {
    expect(decide(PERMIT_ALL)).toEqual(['allowed', 'everybody']);
  });

  it('denies what no permit covers', () => {
    expect(decide('@id("nobody") permit (principal in Role::"Boss", action, resource);')).toEqual([
      'denied',
    ]);
  });

  it('lets a forbid win, and names all that forbid in the order of their ids', () => {
    const both = `@id("z") forbid (principal, action, resource) when { context.weekday == 7 };
      @id("b") forbid (principal, action, resource) when { context.minutes > 60 };`;
    expect(decide(`${PERMIT_ALL}\n${both}`)).toEqual(['denied', 'b', 'z']);
    expect(decide(`${PERMIT_ALL}\n${both}`, { weekday: 1 }, 60)).toEqual(['allowed', 'everybody']);
  });

  it.each<[string, string, Partial<PolicyFacts>]>([
    ['a role of the agent', 'principal in Role::"Support Agent"', {}],
    [
      'an attribute of the agent',
      'principal has team && principal.team == "billing"',
      {
        agent: { ...FACTS.agent, attributes: { team: 'billing' } },
      },
    ],
    ["the customer's organization", 'resource in Organization::"org_1"', {}],
    [
      'an attribute of the customer',
      'resource has tier && resource.tier == "vip"',
      {
        customer: { ...FACTS.customer, attributes: { tier: 'vip' } },
      },
    ],
    ["the customer's connection", 'resource.connection == "customers"', {}],
    ['the app', 'context.app == "shop"', {}],
    [
      'the organization of the launch by its name',
      'context has organization && context.organization.name == "acme"',
      { organizationId: organizationId('org_1') },
    ],
    ['the network', 'context has network && context.network.isInRange(ip("203.0.113.0/24"))', {}],
    ['the time of day', 'context.localHour >= 8 && context.localHour < 18', {}],
    ['the age of the sign-in', 'context.authAgeSeconds < 900', {}],
    ['the method of the sign-in', 'context.authMethods.contains("pwd")', {}],
    ['the counts', 'context.launchesLastHour < 1 && context.activeSessions < 1', {}],
    [
      'the approver',
      'context has approvedBy && context.approvedBy != principal && context.approvedBy in Role::"Boss"',
      { approver: { id: agentId('auth0|boss'), roles: ['Boss'], attributes: {} } },
    ],
    ['the time', 'context.time > datetime("2026-01-01")', {}],
  ])('can look at %s', (_what, condition, facts) => {
    const policy = `@id("rule") permit (principal, action, resource) when { ${condition} };`;
    expect(decide(policy, facts)).toEqual(['allowed', 'rule']);
  });

  it('takes what a customer is called for text, never for a policy', () => {
    const attributes = { tier: '"}; permit (principal, action, resource); //' };
    const policy =
      '@id("vip") permit (principal, action, resource) when { resource has tier && resource.tier == "vip" };';
    expect(decide(policy, { customer: { ...FACTS.customer, attributes } })).toEqual(['denied']);
  });

  it('leaves an address out that is none', () => {
    const policy =
      '@id("inside") permit (principal, action, resource) when { context has network };';
    expect(decide(policy, { network: 'unknown' })).toEqual(['denied']);
  });

  it('fails as a whole when one rule fails, a forbidding one too', () => {
    const overflow = `@id("broken") forbid (principal, action, resource)
      when { context.authAgeSeconds * 1000000 > 5 };`;
    const opened = open({ 'a.cedar': `${PERMIT_ALL}\n${overflow}` });
    const facts = { ...ASKED, authAgeSeconds: Number.MAX_SAFE_INTEGER };
    expect(opened.current().ask(facts, GRANT)).toEqual({
      outcome: 'failed',
      policies: [{ id: 'broken' }],
    });
    expect(opened.log.error).toHaveBeenCalledWith(
      'policy_failed',
      expect.objectContaining({ policies: 'broken' }),
    );
  });

  it('fails on an attribute that the schema does not know', () => {
    const customer = { ...FACTS.customer, attributes: { colour: 'red' } };
    expect(decide(PERMIT_ALL, { customer })).toEqual(['failed']);
  });
});

describe('a folder of policies is refused', () => {
  it.each<[string, Record<string, string>, string]>([
    ['that does not parse', { 'a.cedar': 'permit (' }, 'a.cedar: unexpected end of input'],
    [
      'with a policy without an id',
      { 'a.cedar': 'permit (principal, action, resource);' },
      'a.cedar: policy 1 has no @id',
    ],
    [
      'with an id twice',
      { 'a.cedar': PERMIT_ALL, 'b.cedar': PERMIT_ALL },
      'b.cedar: everybody is the @id of another policy, too',
    ],
    [
      'with a misspelt annotation',
      { 'a.cedar': `@remdy("ticket") ${PERMIT_ALL}` },
      'a.cedar: everybody has an annotation that means nothing here: @remdy',
    ],
    [
      'with a remedy that there is not',
      { 'a.cedar': '@id("a") @remedy("money") forbid (principal, action, resource);' },
      '@remedy',
    ],
    [
      'with a remedy of a permit',
      { 'a.cedar': `@remedy("ticket") ${PERMIT_ALL}` },
      'belong to what refuses',
    ],
    [
      'with a code that is not for rules',
      { 'a.cedar': '@id("a") @code("internal") forbid (principal, action, resource);' },
      '@code("internal")',
    ],
    [
      'with an age of a sign-in that nobody is asked for',
      { 'a.cedar': '@id("a") @max_age("300") forbid (principal, action, resource);' },
      '@remedy("step_up")',
    ],
    [
      'with a type error',
      { 'a.cedar': '@id("a") permit (principal, action, resource) when { context.app == 3 };' },
      'a.cedar: a: the types Long and String are not compatible',
    ],
    [
      'that looks at an attribute that may be missing',
      {
        'a.cedar': '@id("a") permit (principal, action, resource) when { resource.tier == "vip" };',
      },
      'tier',
    ],
    [
      'with a rule that can never apply, which is a warning only',
      { 'a.cedar': '@id("a") permit (principal, action, resource) when { false };' },
      'policy is impossible',
    ],
    [
      'with a template',
      { 'a.cedar': '@id("a") permit (principal == ?principal, action, resource);' },
      'template',
    ],
    ['without a policy', { 'a.cedar': '// nothing yet' }, 'There is no policy'],
    ['with two schemas', { 'b.cedarschema': SCHEMA, 'a.cedar': PERMIT_ALL }, 'this one has 2'],
    [
      'with a schema that lacks what the backend asks',
      { 'schema.cedarschema': SCHEMA.replace('weekday: Long,', ''), 'a.cedar': PERMIT_ALL },
      'weekday',
    ],
    [
      'with a schema that wants what may be missing',
      {
        'schema.cedarschema': SCHEMA.replace('tier?: String', 'tier: String'),
        'a.cedar': PERMIT_ALL,
      },
      'tier',
    ],
    [
      'with a schema that lacks a configured attribute',
      { 'schema.cedarschema': SCHEMA.replace(', tier?: String', ''), 'a.cedar': PERMIT_ALL },
      'tier',
    ],
  ])('%s', (_what, files, problem) => {
    expect(problemsOf(files).join('\n')).toContain(problem);
  });

  it('with all that is wrong at once', () => {
    const wrong = '@id("a") permit (principal, action, resource) when { context.app == 3 };';
    const alsoWrong = '@id("b") forbid (principal, action, resource) when { context.mode == 1 };';
    expect(problemsOf({ 'a.cedar': wrong, 'b.cedar': alsoWrong })).toHaveLength(2);
  });

  it('that is not there', () => {
    expect(() =>
      openPolicyFolder({
        folder: '/nowhere/policies',
        attributes: ATTRIBUTES,
        log: { info: vi.fn(), warn: vi.fn(), error: vi.fn() },
        onState: vi.fn(),
      }),
    ).toThrow('/nowhere/policies: the folder of policies cannot be read (ENOENT).');
  });
});

describe('a changed folder', () => {
  const FORBID_ALL = '@id("closed") forbid (principal, action, resource);';

  it('is in force once it is clean, under another hash', () => {
    const { folder, current, reload, onState } = open({ 'a.cedar': PERMIT_ALL });
    const before = current().hash;
    writePolicies(folder, { 'b.cedar': FORBID_ALL });
    reload();
    expect(current().ask(ASKED, GRANT).outcome).toBe('denied');
    expect(current().hash).not.toBe(before);
    expect(onState).toHaveBeenLastCalledWith({ hash: current().hash, isRejected: false });
  });

  it('that is not clean leaves the old rules in force, says so once, and alarms', () => {
    const { folder, current, reload, onState, log } = open({ 'a.cedar': PERMIT_ALL });
    const { hash } = current();
    writePolicies(folder, { 'b.cedar': 'forbid (' });
    reload();
    reload();
    expect(current().hash).toBe(hash);
    expect(current().ask(ASKED, GRANT).outcome).toBe('allowed');
    expect(onState).toHaveBeenLastCalledWith({ hash, isRejected: true });
    expect(log.error).toHaveBeenCalledTimes(1);
    expect(log.error).toHaveBeenCalledWith('policy_change_rejected', {
      problem: 'b.cedar: unexpected end of input',
      inForce: hash,
    });
  });

  it('that is put back ends the alarm', () => {
    const { folder, current, reload, onState } = open({ 'a.cedar': PERMIT_ALL });
    writePolicies(folder, { 'b.cedar': 'forbid (' });
    reload();
    rmSync(join(folder, 'b.cedar'));
    reload();
    expect(onState).toHaveBeenLastCalledWith({ hash: current().hash, isRejected: false });
  });

  it('that vanished leaves the old rules in force, and alarms', () => {
    const { folder, current, reload, onState } = open({ 'a.cedar': PERMIT_ALL });
    rmSync(folder, { recursive: true });
    reload();
    expect(current().ask(ASKED, GRANT).outcome).toBe('allowed');
    expect(onState).toHaveBeenLastCalledWith({ hash: current().hash, isRejected: true });
  });

  it('has the same hash wherever it lies, and another one when a file has another name', () => {
    const one = open({ 'a.cedar': PERMIT_ALL }).current().hash;
    expect(open({ 'a.cedar': PERMIT_ALL }).current().hash).toBe(one);
    expect(open({ 'b.cedar': PERMIT_ALL }).current().hash).not.toBe(one);
    expect(open({ 'a.cedar': PERMIT_ALL, 'notes.txt': 'x' }).current().hash).toBe(one);
  });
});
