import { freePorts } from './free-ports.ts';
import type { SandboxOrigins } from './origins.ts';

/** Gives every part a free port; with one domain, agents and customers share theirs. */
export const planOrigins = async (
  oneDomain: boolean,
): Promise<{ origins: SandboxOrigins; metricsPort: number }> => {
  const ports = await freePorts(7);
  const origin = (host: string, index: number) => `http://${host}.localhost:${ports[index]}`;
  return {
    origins: {
      agents: origin(oneDomain ? 'login' : 'agents', 0),
      customers: origin(oneDomain ? 'login' : 'customers', 0),
      https: `https://localhost:${ports[1]}`,
      backend: origin('backend', 2),
      shop: origin('shop', 3),
      desk: origin('desk', 4),
      crm: origin('crm', 5),
    },
    metricsPort: ports[6] ?? 0,
  };
};
