import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../../src/backend/launch/diagnosis/diagnose.ts';
import type { DiagnosisFacts } from '../../../../../src/backend/launch/diagnosis/facts.ts';
import { launchSchema } from '../../../../../src/contract/launch.ts';
import { AGENT, APP, CUSTOMER, LAUNCH, targetAppId } from '../../fixtures.ts';

const ISSUED = new Date('2026-03-01T12:00:00Z');
const LOGIN_PAGE = { origin: 'https://customers.example.com' };

/** A launch of which nothing is wrong that anybody can see. */
const facts = (changes: Partial<DiagnosisFacts> = {}, event: object = {}): DiagnosisFacts => ({
  recorded: {
    launch: launchSchema.parse({
      id: LAUNCH,
      agentId: AGENT.id,
      state: 'not_landed',
      customerId: CUSTOMER.id,
      targetAppId: APP.id,
      requestedAt: ISSUED.toISOString(),
    }),
    agentIp: '203.0.113.7',
    issuedAt: ISSUED,
    redeemableUntil: new Date('2026-03-01T12:01:00Z'),
  },
  event: { type: 'not_landed', occurredAt: '2026-03-01T12:00:05Z', ...event },
  app: APP,
  settings: {
    delegationAllowed: true,
    queryAllowed: true,
    organizationUsage: 'deny',
    connections: ['customers'],
  },
  appReachable: true,
  customer: CUSTOMER,
  requestingConnections: ['customers'],
  organizationConnections: undefined,
  appLog: [{ id: 'log-1', type: 'f', at: ISSUED, clientId: targetAppId('shop') }],
  otherSessions: 0,
  agentAddressIsHidden: false,
  ...changes,
});

describe('a diagnosis', () => {
  it('without evidence is unknown, and lists what it ruled out', () => {
    const { cause, ruledOut, evidence } = diagnose(facts({}, { seen: LOGIN_PAGE }));
    expect(cause).toBe('unknown');
    expect(ruledOut).toContain('existing_session');
    expect(evidence).toEqual(['The tab was last seen at https://customers.example.com.']);
  });

  it('rules nothing out where the tenant could not be asked', () => {
    expect(diagnose(facts({ appLog: undefined, settings: undefined })).ruledOut).toEqual([]);
  });

  it.each<[string, Partial<DiagnosisFacts>, object]>([
    ['ip_mismatch', { appLog: [{ id: 'log-1', type: 'f', at: ISSUED, ip: '2001:db8::1' }] }, {}],
    ['ip_mismatch', { agentAddressIsHidden: true }, {}],
    ['token_expired', {}, { occurredAt: '2026-03-01T12:01:30Z', seen: LOGIN_PAGE }],
    ['existing_session', { otherSessions: 1 }, {}],
    ['login_uri_drops_parameters', { appLog: [] }, { seen: LOGIN_PAGE }],
    ['interaction_required', {}, { seen: { ...LOGIN_PAGE, error: 'consent_required' } }],
    ['tab_closed', { appLog: [], otherSessions: 1 }, { cause: 'tab_closed' }],
    ['app_unreachable', { appReachable: false }, {}],
  ])('is %s from what is known besides the log’s words', (cause, changes, event) => {
    expect(diagnose(facts(changes, event)).cause).toBe(cause);
  });

  it.each([
    ['existing_session', 'Please log out first'],
    ['token_used', 'The session transfer token was already used.'],
    ['token_expired', 'session-transfer-token-expired'],
  ])('is %s where the log says "%s"', (cause, description) => {
    expect(
      diagnose(facts({ appLog: [{ id: 'log-1', type: 'f', at: ISSUED, description }] })).cause,
    ).toBe(cause);
  });

  it.each([
    ['token_used', '2026-03-01T12:00:59Z'],
    ['token_expired', '2026-03-01T12:01:00Z'],
  ])('is %s where the one warning for both is of %s', (cause, at) => {
    const description =
      'Single Sign-On failed: Session Transfer Token not found or expired. This may indicate token reuse or expiration.';
    const entry = { id: 'log-1', type: 'w', at: new Date(at), description };
    expect(diagnose(facts({ appLog: [entry] })).cause).toBe(cause);
  });

  it('does not take another launch’s entry for its own', () => {
    const launch = launchSchema.shape.id.parse(crypto.randomUUID());
    const entry = {
      id: 'log-1',
      type: 'f',
      at: ISSUED,
      description: 'token expired',
      actor: { launch },
    };
    expect(diagnose(facts({ appLog: [entry] })).cause).toBe('unknown');
  });

  it('trusts the configuration before the log', () => {
    const settings = {
      delegationAllowed: false,
      queryAllowed: true,
      organizationUsage: 'deny' as const,
      connections: ['customers'],
    };
    const appLog = [{ id: 'log-1', type: 'f', at: ISSUED, description: 'token expired' }];
    expect(diagnose(facts({ settings, appLog }))).toMatchObject({
      cause: 'delegation_not_allowed',
      evidence: ['allow_delegated_access is off on the client.'],
    });
  });
});
