import { describe, expect, it } from 'vitest';
import { REQUEST } from '../fixtures.ts';
import { createAppFixture } from './app-fixture.ts';

const stoppingApp = () => {
  const fixture = createAppFixture();
  fixture.state.isStopping = true;
  return fixture;
};

describe('a backend that is stopping', () => {
  it('refuses a new launch before anything is recorded, so that the same id can be asked for again', async () => {
    const { post, entries, askTenant } = stoppingApp();
    expect(await post('/v1/launches', REQUEST)).toMatchObject({
      status: 503,
      body: { code: 'shutting_down' },
    });
    expect(entries).toEqual([]);
    expect(askTenant).not.toHaveBeenCalled();
  });

  it.each(['/v1/me', '/v1/customers?q=nora', '/v1/launches', '/healthz', '/nothing'])(
    'still answers %s, and closes the connection with the answer',
    async (path) => {
      const { call } = stoppingApp();
      const { response, status } = await call(path, { as: 'sam' });
      expect(status).toBe(path === '/nothing' ? 404 : 200);
      expect(response.headers.get('connection')).toBe('close');
    },
  );

  it('closes the connection of a request that began before', async () => {
    let stop: () => void = () => undefined;
    const { deps } = createAppFixture();
    const listLaunches = async () => {
      stop();
      return [];
    };
    const { call, state } = createAppFixture({ ledger: { ...deps.ledger, listLaunches } });
    stop = () => {
      state.isStopping = true;
    };
    const { response } = await call('/v1/launches', { as: 'sam' });
    expect(response.headers.get('connection')).toBe('close');
  });
});

it('a backend that is not stopping keeps connections open', async () => {
  const { response } = await createAppFixture().call('/healthz');
  expect(response.headers.get('connection')).toBeNull();
});
