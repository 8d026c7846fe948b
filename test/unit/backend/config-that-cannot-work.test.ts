import { describe, expect, it } from 'vitest';
import { GOOD, load, SECRETS, takenPort, withTokenType } from './config-file.ts';

const withTicketPattern = (pattern: string) => ({
  ...GOOD,
  policy: { ...GOOD.policy, ticket: { required: true, pattern } },
});

describe('a configuration that cannot work', () => {
  it.each([
    'https://auth0.com/customer',
    'http://okta.com',
    'urn:ietf:params:oauth:token-type:jwt',
    'URN:Auth0:customer',
    'urn:okta:customer',
  ])('because Auth0 reserves the subject token type %s names the field', async (type) => {
    await expect(load(withTokenType(type))).rejects.toThrow(
      `auth0.subjectTokenType: "${type}" begins as types that Auth0 reserves do`,
    );
  });

  it('because a port is in use names the field of each', async () => {
    const [first, second] = [await takenPort(), await takenPort()];
    const config = { ...GOOD, listen: { port: first }, metricsListen: { port: second } };
    await expect(load(config)).rejects.toMatchObject({
      problems: [
        `listen.port: port ${first} of 127.0.0.1 is in use`,
        `metricsListen.port: port ${second} of 127.0.0.1 is in use`,
      ],
    });
  });

  it('because both listeners want one port names the second', async () => {
    const config = { ...GOOD, listen: { port: 65_000 }, metricsListen: { port: 65_000 } };
    await expect(load(config)).rejects.toThrow(
      'metricsListen.port: port 65000 is the port of "listen"',
    );
  });

  it('because an address is not of this machine names the field', async () => {
    const config = { ...GOOD, listen: { host: '192.0.2.1', port: 0 } };
    await expect(load(config)).rejects.toThrow('listen.host: 192.0.2.1 cannot be listened on');
  });

  it('because the ticket pattern is slow names the part of it', async () => {
    await expect(load(withTicketPattern('^[A-Z]+-([0-9]+)+$'))).rejects.toThrow(
      'policy.ticket.pattern: ([0-9]+)+ takes too long on some texts',
    );
  }, 60_000);

  it('because the signing key is none names the secret', async () => {
    await expect(load(GOOD, { ...SECRETS, UNDERSTUDY_SIGNING_KEY: '{}' })).rejects.toThrow(
      'UNDERSTUDY_SIGNING_KEY: must be a private JWK',
    );
  });

  it.each(['https://tenant.eu.auth0.com', 'tenant.eu.auth0.com/', 'my tenant'])(
    'because the domain "%s" is no host names the field',
    async (domain) => {
      const problem =
        'must be a host such as login.example.com, without https:// and without a path';
      const config = {
        ...GOOD,
        auth0: { ...GOOD.auth0, managementDomain: domain },
        targetApps: { shop: { loginDomain: domain } },
      };
      await expect(load(config)).rejects.toMatchObject({
        problems: [`auth0.managementDomain: ${problem}`, `targetApps.shop.loginDomain: ${problem}`],
      });
    },
  );
});
