import { expect, it, vi } from 'vitest';
import { createDiagnosis } from '../../../../../src/backend/launch/diagnosis/create-diagnosis.ts';
import { requestLaunch } from '../../../../../src/backend/launch/request-launch.ts';
import { createFakeTenant } from '../../fake-tenant.ts';
import { LAUNCH, NOW, REQUEST } from '../../fixtures.ts';
import { CALLER, createLaunchFixture } from '../launch-fixture.ts';

it('a launch has one diagnosis, however often it is reported', async () => {
  const search = vi.fn(async () => ({ entries: [], more: false }));
  const { deps } = createLaunchFixture({ tenant: createFakeTenant({ log: { search } }) });
  await requestLaunch(deps, CALLER, REQUEST);
  const diagnose = createDiagnosis({
    ...deps,
    probeApp: async () => true,
    addressIsHidden: () => false,
  });
  const event = { type: 'not_landed', occurredAt: NOW.toISOString() } as const;
  const first = await diagnose(LAUNCH, event);
  expect(first).toMatchObject({ cause: 'unknown' });
  expect(await diagnose(LAUNCH, event)).toBe(first);
  expect(search).toHaveBeenCalledTimes(1);
});
