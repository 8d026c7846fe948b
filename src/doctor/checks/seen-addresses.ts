import * as z from 'zod/mini';
import { isPrivateAddress } from '../../backend/http/client-ip.ts';
import { brokenLine, fixByHand, type Line, rightLine, unknownLine } from '../line.ts';
import type { Patient } from '../patient.ts';

/** How many of the latest entries are looked at. */
const LATEST = 20;
/** What the tenant logs where a token was redeemed from another address than it was asked for. */
const ELSEWHERE = /IP\/ASN mismatch/;
const LOCAL = /(?:^|\.)localhost$/;

const entriesSchema = z.array(
  z.object({ type: z.string(), ip: z.optional(z.string()), description: z.optional(z.string()) }),
);
type Entry = z.infer<typeof entriesSchema>[number];

const latestEntries = async ({ api }: Patient, q: string): Promise<readonly Entry[]> => {
  const query = new URLSearchParams({ q, sort: 'date:-1', per_page: String(LATEST) });
  return entriesSchema.parse(await api.read(`/logs?${query}`));
};

const HOW = fixByHand(
  'Name every proxy in front of the backend in "trustedProxies" of understudy.json, let it set X-Forwarded-For, and restart the backend.',
);

/**
 * Which addresses the backend names for agents, from the tenant's own log: the tenant logs an exchange under the
 * address that the backend forwarded. The latest one decides, so that a repair shows at the next launch.
 */
export const checkSeenAddresses = async (patient: Patient): Promise<readonly Line[]> => {
  const { publicOrigin, auth0, targetApps } = patient.settings;
  const forwarded = {
    id: 'addresses.forwarded',
    title: 'The tenant was told the agents’ own addresses at the latest launches',
    wanted: 'public addresses, as the tenant sees the agents’ browsers',
    why: 'The tenant sees a browser at its public address, and a token that is bound to another one never redeems.',
  };
  const redeemed = {
    id: 'addresses.redeemed',
    title: 'The latest launches were redeemed from the address that asked for them',
    wanted: 'no "IP/ASN mismatch" in the tenant’s log',
    why: 'Agents are seen at one address by the backend and at another by the tenant: a proxy that is not trusted, a VPN for one of the two, or IPv4 here and IPv6 there.',
    severity: 'warning' as const,
  };
  if (LOCAL.test(new URL(publicOrigin).hostname)) {
    return [rightLine(forwarded, 'everything is on this machine')];
  }
  const exchanges = await latestEntries(
    patient,
    `type:(secte OR fecte) AND client_id:"${auth0.requestingClientId}"`,
  );
  const [latest, ...earlier] = exchanges.flatMap(({ ip }) => (ip ? [ip] : []));
  if (latest === undefined) {
    return [unknownLine(forwarded, 'the log has no launch yet: look again after the first one')];
  }
  const hidden = earlier.filter(isPrivateAddress).length;
  const found =
    hidden > 0 ? `${latest}; private at ${hidden} of ${earlier.length} launches before` : latest;
  const apps = Object.keys(targetApps).map((id) => `"${id}"`);
  const redemptions =
    apps.length > 0
      ? await latestEntries(patient, `type:(sdel OR w OR f) AND client_id:(${apps.join(' OR ')})`)
      : [];
  const elsewhere = redemptions.filter(({ description }) => ELSEWHERE.test(description ?? ''));
  return [
    isPrivateAddress(latest)
      ? brokenLine(forwarded, `${latest}, which is private`, HOW)
      : rightLine(forwarded, found),
    elsewhere.length === 0
      ? rightLine(redeemed, 'no refusal for the address')
      : brokenLine(
          redeemed,
          `${elsewhere.length} of the latest ${redemptions.length} refused, from ${[...new Set(elsewhere.map(({ ip }) => ip))].join(', ')}`,
          HOW,
        ),
  ];
};
