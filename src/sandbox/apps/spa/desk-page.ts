import { Auth0Client, type User } from '@auth0/auth0-spa-js';

/** The Desk's script: runs in the browser, on Auth0's own auth0-spa-js. */

const part = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`The page has no #${id}.`);
  }
  return element;
};

const only = (id: 'loading' | 'signed-out' | 'failed' | undefined): void => {
  for (const each of ['loading', 'signed-out', 'failed']) {
    part(each).hidden = each !== id;
  }
};

const client = new Auth0Client({
  domain: document.body.dataset['issuer'] ?? '',
  clientId: document.body.dataset['clientId'] ?? '',
  sessionTransferTokenQueryParamName: 'session_transfer_token',
  // Private windows block the tenant's cookie in the SDK's hidden frame, so memory would not outlive
  // a reload; and a delegated session gets no refresh token.
  cacheLocation: 'localstorage',
  authorizationParams: {
    redirect_uri: `${location.origin}/callback`,
    scope: 'openid profile email',
  },
});

const showUser = (user: User): void => {
  const act: unknown = user['act'];
  const template = part('signed-in') as HTMLTemplateElement;
  const content = template.content.cloneNode(true) as DocumentFragment;
  const texts: Record<string, string> = {
    greeting: `Hello, ${user.name ?? ''}`,
    name: user.name ?? '',
    email: user.email ?? '',
    id: user.sub ?? '',
    organization: String(user['org_id'] ?? ''),
    act: JSON.stringify(act, null, 2) ?? '',
  };
  for (const element of content.querySelectorAll<HTMLElement>('[data-fill]')) {
    element.textContent = texts[element.dataset['fill'] ?? ''] ?? '';
  }
  if (act === undefined) {
    content.querySelector('[data-part=act]')?.remove();
  }
  only(undefined);
  part('sign-out').hidden = false;
  template.before(content);
};

const showFailure = (error: unknown): void => {
  const known = error as { error?: unknown; error_description?: unknown; message?: unknown };
  part('failed-error').textContent = String(known.error ?? 'sign_in_failed');
  part('failed-description').textContent = String(known.error_description ?? known.message ?? '');
  only('failed');
};

const signIn = (organization: string | undefined): Promise<void> =>
  client.loginWithRedirect(organization ? { authorizationParams: { organization } } : {});

const askForOrganization = (): void => {
  only('signed-out');
  part('organization-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    signIn(String(form.get('organization') ?? '').trim()).catch(showFailure);
  });
};

const showHome = async (): Promise<void> => {
  await client.checkSession();
  const user = await client.getUser();
  if (user) {
    showUser(user);
  } else {
    askForOrganization();
  }
};

const start = async (): Promise<void> => {
  const parameters = new URLSearchParams(location.search);
  switch (location.pathname) {
    case '/login': {
      // The SDK takes the session transfer token from the URL, the organization is ours to pass.
      const organization = parameters.get('organization')?.trim();
      if (organization || parameters.has('session_transfer_token')) {
        return signIn(organization);
      }
      return askForOrganization();
    }
    case '/logout':
      return client.logout({ logoutParams: { returnTo: location.origin } });
    case '/callback':
      await client.handleRedirectCallback();
      history.replaceState(null, '', '/');
      return showHome();
    default:
      return showHome();
  }
};

start().catch(showFailure);
