const ANSWER_WITHIN_MILLISECONDS = 5_000;

/** Posts a logout token to a client's URL and gives the status of the answer, if one comes. */
export type PostLogoutToken = (url: string, logoutToken: string) => Promise<number | undefined>;

/** The post over HTTP; follows no redirect. @see OpenID Connect Back-Channel Logout 1.0 §2.5 */
export const postLogoutToken: PostLogoutToken = (url, logoutToken) =>
  fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ logout_token: logoutToken }),
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MILLISECONDS),
  }).then(
    (response) => response.status,
    // Whatever kept the application from answering, the log only says that it did not.
    () => undefined,
  );
