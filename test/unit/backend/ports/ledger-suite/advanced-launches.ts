import { expect, it } from 'vitest';
import { agentId, launchId, NOW } from '../../fixtures.ts';
import { LATER, type LedgerUnderTest, WINDOW } from './ledger-under-test.ts';

/** How launches go on and end, and what is kept of that. */
export const advancedLaunchesSuite = (tried: LedgerUnderTest): void => {
  it('carries a launch on', async () => {
    await tried.requested();
    expect(await tried.issued()).toBe('recorded');
    expect((await tried.ledger.findLaunch(launchId(tried.id)))?.launch).toMatchObject({
      state: 'issued',
      sessionEndsAt: '2999-01-01T00:00:00.000Z',
    });
  });

  it('records nothing when the launch is in another state', async () => {
    await tried.requested();
    await tried.issued();
    const rows = await tried.countRows();
    expect(await tried.issued()).toBe('wrong_state');
    expect(await tried.countRows()).toBe(rows);
  });

  it('records nothing for a launch that it does not know', async () => {
    expect(await tried.issued()).toBe('wrong_state');
  });

  it('knows what only the backend may know of a launch', async () => {
    await tried.requested();
    await tried.issued();
    await tried.ledger.advance({
      type: 'launch_confirmed',
      launchId: launchId(tried.id),
      requestId: 'r-2',
      confirmedBy: 'match',
      sessionId: 'session-1',
      sessionEndsAt: LATER,
    });
    const found = await tried.ledger.findLaunch(launchId(tried.id));
    expect(found).toMatchObject({
      agentIp: '203.0.113.7',
      sessionId: 'session-1',
      launch: { state: 'confirmed', confirmedBy: 'match' },
    });
    expect(found?.issuedAt).toBeInstanceOf(Date);
    expect(JSON.stringify(found?.launch)).not.toMatch(/session-1|203\.0/);
  });

  it('keeps who saw a launch land, also where that does not change its state', async () => {
    await tried.requested();
    await tried.issued();
    const step = { launchId: launchId(tried.id), requestId: 'r-2' };
    await tried.ledger.advance({ ...step, type: 'launch_opened', occurredAt: NOW });
    await tried.ledger.advance({ ...step, type: 'launch_unconfirmed' });
    const landed = {
      ...step,
      type: 'launch_landed',
      occurredAt: NOW,
      landedBy: 'agent',
    } as const;
    expect(await tried.ledger.advance(landed)).toBe('recorded');
    expect((await tried.ledger.findLaunch(launchId(tried.id)))?.launch).toMatchObject({
      state: 'unconfirmed',
      landedBy: 'agent',
    });
  });

  it('keeps when and why a session ended', async () => {
    await tried.requested();
    await tried.issued();
    const ended = {
      type: 'launch_ended',
      launchId: launchId(tried.id),
      requestId: 'r-2',
      occurredAt: NOW,
      cause: 'agent',
      endedBy: agentId('auth0|agent'),
      verifiedBy: 'extension',
    } as const;
    expect(await tried.ledger.advance(ended)).toBe('recorded');
    expect((await tried.ledger.findLaunch(launchId(tried.id)))?.launch).toMatchObject({
      state: 'ended',
      cause: 'agent',
      endedAt: '2026-03-01T12:00:00.000Z',
    });
  });

  it('keeps which launch a session belongs to and what the tenant said of it, and ends its look', async () => {
    await tried.requested();
    await tried.issued();
    const sessionId = `session-${tried.id}`;
    await tried.ledger.advance({
      type: 'session_found',
      launchId: launchId(tried.id),
      requestId: 'r-2',
      sessionId,
      sessionEndsAt: LATER,
      tenantSession: 'gone',
      lookOver: true,
    });
    expect(await tried.ledger.listBySession(sessionId)).toEqual([tried.id]);
    const found = await tried.ledger.findLaunch(launchId(tried.id));
    expect(found).toMatchObject({
      sessionId,
      launch: { state: 'issued', tenantSession: 'gone', sessionEndsAt: LATER.toISOString() },
    });
    expect(Date.parse(found?.launch.lookDueUntil ?? '')).toBeLessThanOrEqual(Date.now());
  });

  it('keeps no session for a launch that may not have made it', async () => {
    await tried.requested();
    await tried.issued();
    const sessionId = `session-${tried.id}`;
    await tried.ledger.advance({
      type: 'session_found',
      launchId: launchId(tried.id),
      requestId: 'r-2',
      sessionId,
      ambiguous: true,
    });
    expect(await tried.ledger.listBySession(sessionId)).toEqual([]);
    expect((await tried.ledger.findLaunch(launchId(tried.id)))?.launch.ambiguous).toBe(true);
  });

  it('marks launches as interrupted whose process died before the outcome, and no others', async () => {
    await tried.requested();
    expect(await tried.ledger.markInterrupted(new Date('1999-01-01T00:00:00Z'), WINDOW)).toBe(0);
    expect(await tried.ledger.markInterrupted(LATER, WINDOW)).toBeGreaterThanOrEqual(1);
    expect((await tried.ledger.findLaunch(launchId(tried.id)))?.launch).toMatchObject({
      state: 'interrupted',
    });
    expect(await tried.issued()).toBe('wrong_state');
  });
};
