import { describe, expect, it } from 'vitest';
import { expireLaunches } from '../../../../src/backend/launch/expire-launches.ts';
import { requestLaunch } from '../../../../src/backend/launch/request-launch.ts';
import { LAUNCH, NOW, REQUEST } from '../fixtures.ts';
import { fakePolicy } from '../policy/company-policies.ts';
import { CALLER, createLaunchFixture } from './launch-fixture.ts';

const MINUTE = 60_000;
const shortOnly = fakePolicy({ id: 'short', refuses: (_facts, { minutes }) => minutes > 30 });

const launched = async () => {
  let now = NOW;
  const { deps } = createLaunchFixture({ clock: () => now, companyPolicy: () => shortOnly });
  await requestLaunch(deps, CALLER, REQUEST);
  const at = (minutes: number) => {
    now = new Date(NOW.getTime() + minutes * MINUTE);
  };
  return { deps, at };
};

describe('a launch that was granted half an hour', () => {
  it('is left alone as long as it lasts', async () => {
    const { deps, at } = await launched();
    at(29);
    expect(await expireLaunches({ ...deps, isStopping: () => false })).toBe(0);
    expect((await deps.ledger.findLaunch(LAUNCH))?.launch.state).toBe('issued');
  });

  it('is ended as expired once it is over, and once only', async () => {
    const { deps, at } = await launched();
    at(30);
    expect(await expireLaunches({ ...deps, isStopping: () => false })).toBe(1);
    expect((await deps.ledger.findLaunch(LAUNCH))?.launch).toMatchObject({
      state: 'ended',
      cause: 'expired',
    });
    expect(await expireLaunches({ ...deps, isStopping: () => false })).toBe(0);
  });

  it('is left to the next sweep when the process is stopping', async () => {
    const { deps, at } = await launched();
    at(30);
    expect(await expireLaunches({ ...deps, isStopping: () => true })).toBe(0);
    expect((await deps.ledger.findLaunch(LAUNCH))?.launch.state).toBe('issued');
  });
});
