import { describe, expect, it } from 'vitest';
import { checkSeenAddresses } from '../../../src/doctor/checks/seen-addresses.ts';
import type { CompanyTenant } from '../setup/company-tenant.ts';
import { healthyTenant, patientOf } from './company-patient.ts';

const MISMATCH =
  'Single Sign-On failed: Session Transfer Token device binding validation failed due to IP/ASN mismatch.';

const clientNamed = ({ data }: CompanyTenant, name: string) =>
  data.clients.find((client) => client.name === name);

const exchangeFrom = (tenant: CompanyTenant, ip: string, name = 'Understudy backend') =>
  tenant.log.write({ type: 'secte', client: clientNamed(tenant, name), ip });

const redemptionRefused = (tenant: CompanyTenant, description: string, ip = '198.51.100.9') =>
  tenant.log.write({ type: 'w', client: clientNamed(tenant, 'Shop'), description, ip });

const look = async (tenant: CompanyTenant) => {
  const lines = await checkSeenAddresses(await patientOf(tenant));
  return lines.map(({ id, state, found }) => [id, state, found]);
};

describe('the addresses that the tenant was told', () => {
  it('are right where they are public and nothing was refused', async () => {
    const tenant = await healthyTenant();
    exchangeFrom(tenant, '203.0.113.7');
    redemptionRefused(
      tenant,
      'Single Sign-On failed: Session Transfer Token user mismatch detected.',
    );
    expect(await look(tenant)).toEqual([
      ['addresses.forwarded', 'ok', '203.0.113.7'],
      ['addresses.redeemed', 'ok', 'no refusal for the address'],
    ]);
  });

  it.each(['10.0.3.7', '127.0.0.1', '172.16.4.4', '192.168.1.9', '100.64.0.1', 'fd00::7'])(
    'are named where the latest is private: %s',
    async (ip) => {
      const tenant = await healthyTenant();
      exchangeFrom(tenant, '203.0.113.7');
      exchangeFrom(tenant, ip);
      expect((await look(tenant))[0]).toEqual([
        'addresses.forwarded',
        'broken',
        `${ip}, which is private`,
      ]);
    },
  );

  it('are right again after the next launch from behind a proxy that is trusted', async () => {
    const tenant = await healthyTenant();
    exchangeFrom(tenant, '10.0.3.7');
    exchangeFrom(tenant, '203.0.113.7');
    expect((await look(tenant))[0]).toEqual([
      'addresses.forwarded',
      'ok',
      '203.0.113.7; private at 1 of 1 launches before',
    ]);
  });

  it('are not judged by what other applications exchange', async () => {
    const tenant = await healthyTenant();
    exchangeFrom(tenant, '10.0.3.7', 'Wiki');
    expect(await look(tenant)).toEqual([
      [
        'addresses.forwarded',
        'unknown',
        'the log has no launch yet: look again after the first one',
      ],
    ]);
  });

  it('differ from where agents redeem: the refusals are counted', async () => {
    const tenant = await healthyTenant();
    exchangeFrom(tenant, '203.0.113.7');
    tenant.log.write({ type: 'sdel', client: clientNamed(tenant, 'Shop'), ip: '203.0.113.7' });
    redemptionRefused(tenant, MISMATCH);
    redemptionRefused(tenant, MISMATCH);
    expect((await look(tenant))[1]).toEqual([
      'addresses.redeemed',
      'broken',
      '2 of the latest 3 refused, from 198.51.100.9',
    ]);
  });
});
