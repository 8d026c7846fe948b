import type { Diagnosis, DiagnosisCause } from '../../../contract/diagnosis.ts';

/** What each cause means, who can mend it, and how. */
export const ADVICE: Readonly<Record<DiagnosisCause, Pick<Diagnosis, 'sentence' | 'who' | 'how'>>> =
  {
    existing_session: {
      sentence: 'Somebody is already signed in on the login domain in this browser.',
      who: 'agent',
      how: 'End the other session, or open this one in a private window, then launch again.',
    },
    delegation_not_allowed: {
      sentence: 'The app does not allow delegated access, so Auth0 showed its ordinary login page.',
      who: 'platform_team',
      how: "Set session_transfer.delegation.allow_delegated_access on the app's client.",
    },
    query_not_allowed: {
      sentence: 'The app does not take session transfer tokens from its URL.',
      who: 'platform_team',
      how: 'Add "query" to session_transfer.allowed_authentication_methods on the app\'s client.',
    },
    login_uri_drops_parameters: {
      sentence: "The app's login route does not pass the token on to Auth0.",
      who: 'app_team',
      how: 'Its initiate_login_uri must forward session_transfer_token and organization to /authorize.',
    },
    connection_not_enabled_on_app: {
      sentence: "The customer's connection is not enabled on the app.",
      who: 'platform_team',
      how: "Enable the connection on the app's client.",
    },
    connection_not_enabled_on_requesting_client: {
      sentence: "The customer's connection is not enabled on the requesting application.",
      who: 'platform_team',
      how: "Enable the connection on the backend's client.",
    },
    organization_missing: {
      sentence: 'The app needs an organization, and none reached it.',
      who: 'agent',
      how: "Launch again with one of the customer's organizations.",
    },
    organization_not_linked: {
      sentence: "The organization does not let the customer's connection in.",
      who: 'platform_team',
      how: "Enable the customer's connection in the organization.",
    },
    organization_not_member: {
      sentence: 'The customer does not belong to the organization.',
      who: 'agent',
      how: "Choose one of the customer's own organizations.",
    },
    ip_mismatch: {
      sentence: 'Auth0 saw your browser at another address than the backend did.',
      who: 'platform_team',
      how: 'Configure trustedProxies of the backend, and let both be reached by the same way: over IPv4 or IPv6, through the same VPN.',
    },
    token_expired: {
      sentence: 'The token was older than a minute when it arrived.',
      who: 'agent',
      how: 'Launch again. If it repeats, the app is slow to pass the token on.',
    },
    token_used: {
      sentence: 'The token had already been used.',
      who: 'agent',
      how: 'Launch again. If it repeats, something opens the login URL before the tab does.',
    },
    interaction_required: {
      sentence: 'The customer would have to answer a prompt: a second factor, or consent.',
      who: 'platform_team',
      how: 'Exempt delegated sessions from MFA and consent on this app.',
    },
    refused_by_action: {
      sentence: "The tenant's post-login Action refused the login.",
      who: 'platform_team',
      how: "The Action's reason is in the tenant's log; protected customers are refused on purpose.",
    },
    app_unreachable: {
      sentence: 'The app does not answer.',
      who: 'app_team',
      how: 'Check that the app is up and that its login URL is right.',
    },
    tab_closed: {
      sentence: 'The tab was closed before the app was there.',
      who: 'agent',
      how: 'Launch again and leave the tab open.',
    },
    unknown: {
      sentence: 'It is not known why the tab did not arrive in the app.',
      who: 'platform_team',
      how: "Look at the tenant's log around this time, with the request id.",
    },
  };
