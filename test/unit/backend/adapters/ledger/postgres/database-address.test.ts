import { describe, expect, it } from 'vitest';
import { connectionSettings } from '../../../../../../src/backend/adapters/ledger/postgres/connect.ts';
import {
  type DatabaseAddress,
  readDatabaseUrl,
} from '../../../../../../src/backend/adapters/ledger/postgres/database-address.ts';

describe('the address of a ledger’s database', () => {
  it('is read from a URL, with the usual port where it names none', () => {
    expect(readDatabaseUrl('postgres://writer@db.example.com/understudy')).toEqual({
      host: 'db.example.com',
      port: 5432,
      database: 'understudy',
      user: 'writer',
      isRemote: true,
    });
  });

  it('may be the folder of a socket', () => {
    expect(readDatabaseUrl('postgresql://writer@/understudy?host=/run/postgresql')).toMatchObject({
      host: '/run/postgresql',
      isRemote: false,
    });
  });

  it.each([
    ['localhost', false],
    ['127.0.0.1', false],
    ['127.9.9.9', false],
    ['[::1]', false],
    ['10.0.0.7', true],
    ['127.example.com', true],
    ['[2001:db8::1]', true],
    ['localhost.example.com', true],
  ])('on the host %s is remote: %s', (host, isRemote) => {
    expect(readDatabaseUrl(`postgres://writer@${host}:6432/understudy`)).toMatchObject({
      port: 6432,
      isRemote,
    });
  });

  it.each([
    ['a password', 'postgres://writer:secret@db/understudy', 'must not hold a password'],
    ['no user', 'postgres://db/understudy', 'must name a user'],
    ['no database', 'postgres://writer@db', 'must name a user and a database'],
    [
      'an escape that is none',
      'postgres://writer%@db/understudy',
      'must name a user and a database',
    ],
    ['another scheme', 'mysql://writer@db/understudy', 'must be a URL'],
    ['no URL', 'understudy', 'must be a URL'],
    [
      'a parameter that turns verification off',
      'postgres://writer@db/understudy?sslmode=no-verify',
      'not allowed: sslmode',
    ],
    ['a host twice', 'postgres://writer@db/understudy?host=/run', 'either a host or'],
    ['no host at all', 'postgres://writer@/understudy', 'either a host or'],
    ['another host in its parameters', 'postgres://writer@/understudy?host=evil.example', 'either'],
  ])('is refused with %s', (_name, url, problem) => {
    expect(readDatabaseUrl(url)).toEqual({ problem: expect.stringContaining(problem) });
  });
});

describe('a connection to a ledger’s database', () => {
  const settings = (url: string) =>
    connectionSettings({
      address: readDatabaseUrl(url) as DatabaseAddress,
      password: undefined,
      caFile: undefined,
    });

  it('to another machine is encrypted, and the server’s certificate verified', () => {
    expect(settings('postgres://writer@db.example.com/understudy').ssl).toEqual({
      rejectUnauthorized: true,
    });
  });

  it('on this machine is not encrypted', () => {
    expect(settings('postgres://writer@127.0.0.1/understudy').ssl).toBe(false);
  });

  it('asks for read committed and for commits that wait for the disk', () => {
    expect(settings('postgres://writer@db.example.com/understudy').options).toBe(
      String.raw`-c default_transaction_isolation=read\ committed -c synchronous_commit=on -c statement_timeout=30000`,
    );
  });

  it('says which role has no password when the server asks for one', () => {
    const { password } = settings('postgres://writer@db.example.com/understudy');
    expect(password).toBeTypeOf('function');
    expect(password as () => string).toThrow(
      'The database wants a password for the role "writer", and none is set.',
    );
  });
});
