/** Actions as a company might deploy them, small enough to read at a glance. */

/** Takes `{user_id, connection, actor, ...}` as JSON in the subject token and does what it says. */
export const OBEDIENT_EXCHANGE_ACTION = `
exports.onExecuteCustomTokenExchange = async (event, api) => {
  const order = JSON.parse(event.transaction.subject_token);
  if (order.hang) for (;;) {}
  if (order.hoard) { const hoard = []; for (;;) hoard.push(new Array(100000).fill(order)); }
  if (order.throw) throw new Error('boom');
  if (order.reject) return api.access.rejectInvalidSubjectToken('bad signature');
  if (order.deny) return api.access.deny(order.deny, 'denied by the Action');
  if (order.remember) {
    if (api.cache.get(order.remember)) return api.access.deny('replayed', 'seen before');
    api.cache.set(order.remember, '1', { ttl: 60000 });
  }
  if (order.echo) return api.access.deny('echo', JSON.stringify(event));
  if (order.user_id_global) api.authentication.setUserById(order.user_id_global);
  if (order.user_id) api.authentication.setUserByConnection(order.connection, { user_id: order.user_id },
    { creationBehavior: 'none', updateBehavior: 'none' });
  if (order.actor) api.authentication.setActor(order.actor);
};`;

/** Echoes what it sees as claims; refuses users, and changes their sessions, as their metadata says. */
export const ECHOING_POST_LOGIN_ACTION = `
exports.onExecutePostLogin = async (event, api) => {
  if (event.user.app_metadata.refuse_at === 'exchange' && event.transaction.actor) return api.access.deny('refused at the exchange');
  if (event.user.app_metadata.refuse_at === 'session' && event.session) return api.access.deny('refused in the session');
  api.idToken.setCustomClaim('https://sandbox.example/roles', event.authorization.roles);
  api.idToken.setCustomClaim('https://sandbox.example/seen', {
    protocol: event.transaction.protocol,
    actor: event.session && event.session.actor,
    stt: event.session_transfer_token && event.session_transfer_token.client_id,
    correlation: event.transaction.correlation_id,
  });
  const note = event.user.app_metadata.note;
  if (note && (event.session || note.at_exchange)) {
    for (const [key, value] of Object.entries(note.metadata || {})) api.session.setMetadata(key, value);
    if (note.minutes) api.session.setExpiresAt(Date.now() + note.minutes * 60000);
  }
  api.idToken.setCustomClaim('sub', 'somebody-else');
  api.accessToken.setCustomClaim('https://sandbox.example/connection', event.connection.name);
};`;
