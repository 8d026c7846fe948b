import { isIP } from 'node:net';

/** Where a PostgreSQL database is and who connects; the password comes from the environment, never from here. */
export type DatabaseAddress = {
  /** A host name or address, or the absolute path of the folder that the server's socket is in. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Whether the connection leaves the machine: then it is encrypted and the server's certificate verified. */
  readonly isRemote: boolean;
};

const DEFAULT_PORT = 5432;

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** Undoes the escapes of a part of a URL; nothing where one of them is none. */
const decoded = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
};

/**
 * Reads `postgres://user@host:port/database`, or `postgres://user@/database?host=/folder` for a socket. Every
 * other parameter is refused: what libraries accept there turns verification off or carries secrets.
 */
export const readDatabaseUrl = (text: string): DatabaseAddress | { readonly problem: string } => {
  // The URL standard allows no user without a host, which the form for sockets has.
  const url = URL.parse(text.replace(/^(postgres(?:ql)?:\/\/[^@/]*@)\//, '$1socket.invalid/'));
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) {
    return {
      problem: 'must be a URL such as postgres://understudy_writer@db.example.com/understudy',
    };
  }
  if (url.password !== '') {
    return { problem: 'must not hold a password; set UNDERSTUDY_DATABASE_PASSWORD instead' };
  }
  const unknown = [...url.searchParams.keys()].filter((name) => name !== 'host');
  if (unknown.length > 0) {
    return { problem: `has a parameter that is not allowed: ${unknown.join(', ')}` };
  }
  const [database, user] = [url.pathname.slice(1), url.username].map(decoded);
  if (!database || !user) {
    return { problem: 'must name a user and a database' };
  }
  const socketFolder = url.searchParams.get('host');
  const namesSocketOnly = url.hostname === 'socket.invalid';
  if (
    (socketFolder !== null) !== namesSocketOnly ||
    (socketFolder?.startsWith('/') ?? true) !== true
  ) {
    return { problem: 'must name either a host or, in "?host=/…", the folder of a socket' };
  }
  const host = socketFolder ?? url.hostname.replace(/^\[(.*)\]$/, '$1');
  return {
    host,
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    database,
    user,
    isRemote: socketFolder === null && !isLoopback(host),
  };
};
