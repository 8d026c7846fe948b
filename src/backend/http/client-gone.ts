/** The status that such a request is counted under; nobody receives it. nginx uses the same number. */
const CLIENT_CLOSED_REQUEST = 499;

/** The client closed its connection, or sent too slowly, before its request had arrived. Nothing was done. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
}

/** Ends a request whose client has gone, so that it counts as neither served nor failed. */
export const clientGoneResponse = (): Response =>
  new Response(null, { status: CLIENT_CLOSED_REQUEST });
