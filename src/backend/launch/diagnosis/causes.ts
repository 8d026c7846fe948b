import type { DiagnosisCause } from '../../../contract/diagnosis.ts';
import type { DiagnosisFacts } from './facts.ts';
import { causeInLog } from './log-causes.ts';

/** How long a session transfer token lives, in milliseconds. */
const TOKEN_LIFETIME_MILLISECONDS = 60_000;
const FAILURE_TYPES: readonly string[] = ['f', 'w', 'fdeleacft', 'fdelsa'];
const INTERACTION_ERRORS: readonly string[] = [
  'interaction_required',
  'consent_required',
  'mfa_required',
];

/** One thing that can have gone wrong: the evidence that it did, or nothing. */
export type Suspicion = {
  readonly cause: DiagnosisCause;
  readonly evidence: (facts: DiagnosisFacts) => string | undefined;
};

const when = (holds: boolean | undefined, evidence: string): string | undefined =>
  holds === true ? evidence : undefined;

const failuresIn = ({ appLog, recorded }: DiagnosisFacts) =>
  (appLog ?? []).filter(
    ({ type, actor }) =>
      FAILURE_TYPES.includes(type) &&
      (actor?.launch === undefined || actor.launch === recorded.launch.id),
  );

const inLog =
  (cause: DiagnosisCause) =>
  (facts: DiagnosisFacts): string | undefined => {
    const entry = failuresIn(facts).find(
      (failure) => causeInLog(failure, facts.recorded.redeemableUntil) === cause,
    );
    return entry && `The tenant's log says (${entry.type}): ${entry.description ?? entry.error}`;
  };

const ageMilliseconds = ({ recorded, event }: DiagnosisFacts): number =>
  recorded.issuedAt ? Date.parse(event.occurredAt) - recorded.issuedAt.getTime() : 0;

const strangeAddress = (facts: DiagnosisFacts): string | undefined => {
  const { agentIp } = facts.recorded;
  const entry = failuresIn(facts).find(({ ip }) => ip !== undefined && ip !== agentIp);
  return (
    entry && `The token was asked for from ${agentIp}, the tenant saw the browser at ${entry.ip}.`
  );
};

const sawLoginPage = ({ app, event }: DiagnosisFacts): boolean =>
  app !== undefined &&
  event.seen?.origin !== undefined &&
  new URL(event.seen.origin).host === app.loginDomain;

/**
 * The suspicions in the order in which they are asked: what the configuration proves first, then what
 * the tenant's log says, then what follows from time, address and the ledger, and last what only the
 * absence of everything else suggests.
 */
export const SUSPICIONS: readonly Suspicion[] = [
  {
    cause: 'delegation_not_allowed',
    evidence: ({ settings }) =>
      when(settings?.delegationAllowed === false, 'allow_delegated_access is off on the client.'),
  },
  {
    cause: 'query_not_allowed',
    evidence: ({ settings }) =>
      when(settings?.queryAllowed === false, 'allowed_authentication_methods lacks "query".'),
  },
  {
    cause: 'connection_not_enabled_on_app',
    evidence: ({ settings, customer }) =>
      when(
        settings && customer && !settings.connections.includes(customer.connection),
        `The connection "${customer?.connection}" is not enabled on the app.`,
      ),
  },
  {
    cause: 'connection_not_enabled_on_requesting_client',
    evidence: ({ requestingConnections, customer }) =>
      when(
        requestingConnections && customer && !requestingConnections.includes(customer.connection),
        `The connection "${customer?.connection}" is not enabled on the requesting application.`,
      ),
  },
  {
    cause: 'organization_missing',
    evidence: ({ settings, recorded }) =>
      when(
        settings?.organizationUsage === 'require' && recorded.launch.organizationId === undefined,
        'The app requires an organization and the launch has none.',
      ),
  },
  {
    cause: 'organization_not_linked',
    evidence: ({ organizationConnections, customer }) =>
      organizationConnections === null
        ? 'There is no such organization in the tenant.'
        : when(
            organizationConnections &&
              customer &&
              !organizationConnections.includes(customer.connection),
            `The connection "${customer?.connection}" is not enabled in the organization.`,
          ),
  },
  {
    cause: 'organization_not_member',
    evidence: ({ customer, recorded }) => {
      const wanted = recorded.launch.organizationId;
      return when(
        customer && wanted !== undefined && !customer.organizations.some(({ id }) => id === wanted),
        'The customer is not a member of the organization.',
      );
    },
  },
  { cause: 'existing_session', evidence: inLog('existing_session') },
  { cause: 'ip_mismatch', evidence: inLog('ip_mismatch') },
  { cause: 'token_expired', evidence: inLog('token_expired') },
  { cause: 'token_used', evidence: inLog('token_used') },
  { cause: 'interaction_required', evidence: inLog('interaction_required') },
  { cause: 'refused_by_action', evidence: inLog('refused_by_action') },
  { cause: 'ip_mismatch', evidence: strangeAddress },
  {
    cause: 'interaction_required',
    evidence: ({ event }) =>
      when(
        INTERACTION_ERRORS.includes(event.seen?.error ?? ''),
        `The app was told "${event.seen?.error}".`,
      ),
  },
  {
    cause: 'refused_by_action',
    evidence: ({ event }) =>
      when(event.seen?.error === 'access_denied', 'The app was told "access_denied".'),
  },
  {
    cause: 'app_unreachable',
    evidence: ({ appReachable }) =>
      when(appReachable === false, 'Nothing answers at its login URL.'),
  },
  {
    cause: 'token_expired',
    evidence: (facts) =>
      when(
        ageMilliseconds(facts) > TOKEN_LIFETIME_MILLISECONDS && sawLoginPage(facts),
        `The tab was at the login page ${Math.round(ageMilliseconds(facts) / 1000)} seconds after the token was issued.`,
      ),
  },
  {
    cause: 'tab_closed',
    evidence: ({ event }) => when(event.cause === 'tab_closed', 'The tab was closed.'),
  },
  {
    cause: 'ip_mismatch',
    evidence: ({ agentAddressIsHidden, recorded }) =>
      when(
        agentAddressIsHidden,
        `The backend sees you at ${recorded.agentIp}, a private address that the tenant cannot see.`,
      ),
  },
  {
    cause: 'login_uri_drops_parameters',
    evidence: (facts) =>
      when(
        sawLoginPage(facts) && facts.appLog !== undefined && failuresIn(facts).length === 0,
        "The login page came up, and the tenant's log knows of no token for this app.",
      ),
  },
  {
    cause: 'existing_session',
    evidence: ({ otherSessions }) =>
      when(
        otherSessions > 0,
        `${otherSessions} other session(s) of yours on this domain are open.`,
      ),
  },
];
