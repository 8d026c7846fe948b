import { expect, it } from 'vitest';
import { createMetrics } from '../../../../src/backend/http/metrics.ts';

it.each([
  'understudy_tenant_call_seconds_count{resource="token",status="none"} 0',
  'understudy_tenant_call_seconds_count{resource="users",status="429"} 0',
  'understudy_tenant_call_seconds_bucket{le="0.5",resource="token",status="200"} 0',
  'understudy_launches_total{outcome="issued"} 0',
  'understudy_launches_total{outcome="policy_denied"} 0',
  'understudy_refusals_total{code="ledger_unavailable"} 0',
  'understudy_ledger_rows_total{type="launch_unconfirmed"} 0',
])('an alert sees the first event, for the metrics of a new process have %s', async (sample) => {
  expect((await createMetrics().registry.metrics()).split('\n')).toContain(sample);
});
