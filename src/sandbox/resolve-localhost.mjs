import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Preloaded with `--import`: makes Node resolve `*.localhost` to 127.0.0.1, as browsers do and Node
 * does not. For the sandbox only.
 *
 * @see RFC 6761 §6.3
 */
const address = { address: '127.0.0.1', family: 4 };

/** @param {unknown} host */
const isLocal = (host) =>
  typeof host === 'string' && (host === 'localhost' || host.endsWith('.localhost'));

const lookup = dns.lookup;
const promisedLookup = dns.promises.lookup;

/** @type {(host: string, ...rest: any[]) => void} -- the overloads of `dns.lookup` are passed on as they come */
const localLookup = (host, ...rest) => {
  if (!isLocal(host)) {
    Reflect.apply(lookup, dns, [host, ...rest]);
    return;
  }
  const callback = rest.at(-1);
  const wantsAll = typeof rest[0] === 'object' && rest[0]?.all === true;
  process.nextTick(() =>
    wantsAll ? callback(null, [address]) : callback(null, address.address, address.family),
  );
};

/** @type {(host: string, options?: any) => Promise<any>} -- as above */
const localPromisedLookup = (host, options) => {
  if (!isLocal(host)) {
    return Reflect.apply(promisedLookup, dns.promises, [host, options]);
  }
  return Promise.resolve(options?.all === true ? [address] : address);
};

Object.assign(dns, { lookup: localLookup });
Object.assign(dns.promises, { lookup: localPromisedLookup });
syncBuiltinESMExports();
