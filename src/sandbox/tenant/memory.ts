import type { SessionChanges } from './actions/action-results.ts';
import type { Interaction } from './checks/interaction/interaction.ts';
import type { Actor } from './model.ts';

type SessionDevice = {
  initialIp: string;
  initialUserAgent: string;
  lastIp: string;
  lastUserAgent: string;
};

export type AuthenticationMethod = { name: 'pwd' | 'mfa'; at: number };

/** A web session on one domain; `id` is the `sid` claim, `cookie` is the secret in the browser. */
export type Session = {
  id: string;
  cookie: string;
  origin: string;
  userId: string;
  connection: string;
  createdAt: number;
  expiresAt: number;
  lastInteractedAt: number;
  device: SessionDevice;
  /** How the person proved who they are; empty for a session that another one gave rise to. */
  methods: AuthenticationMethod[];
  /** `client_id`s of the clients that signed on in it. */
  clientIds: string[];
  actor?: Actor | undefined;
  organizationId?: string | undefined;
  /** Family of the refresh token that a Native to Web session came from. */
  refreshFamily?: string | undefined;
  fromSessionTransfer: boolean;
  /** What post-login Actions noted on it. */
  metadata: Record<string, string>;
};

export type CustomClaims = {
  idToken: Record<string, unknown>;
  accessToken: Record<string, unknown>;
};

/** What post-login Actions want of the tokens, of the session, and whether of a second factor in this very sign-in. */
export type PostLoginDecision = {
  claims: CustomClaims;
  sessionChanges: SessionChanges;
  multifactor: boolean;
};

/** What a grant remembers about the person, the session and the request behind it. */
export type Grant = {
  clientId: string;
  userId: string;
  connection: string;
  origin: string;
  scopes: string[];
  audience?: string | undefined;
  organizationId?: string | undefined;
  sessionId: string;
  actor?: Actor | undefined;
  authTime: number;
  fromSessionTransfer: boolean;
};

export type AuthorizationCode = Grant & {
  /** A second factor was given in this very sign-in. A refresh says nothing of it. */
  secondFactor: boolean;
  redirectUri: string;
  codeChallenge?: string | undefined;
  nonce?: string | undefined;
  claims: CustomClaims;
  correlationId?: string | undefined;
  expiresAt: number;
};

export type RefreshToken = Grant & { family: string; replaced: boolean };

export type SessionTransferToken = {
  userId: string;
  connection: string;
  actor?: Actor | undefined;
  /** IP of the browser on whose behalf the token was asked for. */
  ip: string;
  origin: string;
  clientId: string;
  scope: string;
  userAgent: string;
  organizationId?: string | undefined;
  refreshFamily?: string | undefined;
  expiresAt: number;
  used: boolean;
};

/** What somebody has proven on the way to a client, before they are signed on there. */
export type Proven = {
  userId: string;
  connection: string;
  methods: AuthenticationMethod[];
  /** The session that they already have, when they did not come from the login page. */
  sessionId?: string | undefined;
  /** A second factor was given on this way, not in an earlier sign-in of the session. */
  secondFactor?: true;
  /** What post-login Actions decided before the second factor that they wanted: they run once a sign-in. */
  decided?: PostLoginDecision & { sessionId: string };
};

/** A request that waits for an answer on one of the tenant's pages, from the same browser. */
export type ParkedRequest = {
  parameters: Record<string, string>;
  origin: string;
  device: string;
  expiresAt: number;
};

/** Everything the tenant forgets when it stops. */
export type Memory = {
  sessions: Map<string, Session>;
  codes: Map<string, AuthorizationCode>;
  refreshTokens: Map<string, RefreshToken>;
  opaqueAccessTokens: Map<string, { userId: string; scopes: string[]; expiresAt: number }>;
  sessionTransferTokens: Map<string, SessionTransferToken>;
  transactions: Map<string, ParkedRequest>;
  /** Requests of people who are known but have something left to do. */
  prompts: Map<string, ParkedRequest & { proven: Proven; interaction: Interaction }>;
  logoutPrompts: Map<string, ParkedRequest>;
  /** Who consented to which client, see {@link consentKey}. */
  consents: Set<string>;
  /** What a test has put off until somebody redeems a session transfer token; runs once. */
  beforeNextRedemption: { pending: object[]; run: () => Promise<void> } | undefined;
  /** Rejected subject tokens by IP: times in milliseconds. */
  rejectedSubjectTokens: Map<string, number[]>;
  /** Client assertions that were accepted, as `client_id jti`: none is accepted again. */
  usedAssertions: Set<string>;
  /** How many calls to the Management API were left when; nothing before the first one. */
  managementBucket: { left: number; filledAt: number } | undefined;
};

/** The name under which a user's consent to a client is remembered. */
export const consentKey = (userId: string, clientId: string): string => `${userId} ${clientId}`;

/** An empty memory. */
export const createMemory = (): Memory => ({
  sessions: new Map(),
  codes: new Map(),
  refreshTokens: new Map(),
  opaqueAccessTokens: new Map(),
  sessionTransferTokens: new Map(),
  transactions: new Map(),
  prompts: new Map(),
  logoutPrompts: new Map(),
  consents: new Set(),
  beforeNextRedemption: undefined,
  rejectedSubjectTokens: new Map(),
  usedAssertions: new Set(),
  managementBucket: undefined,
});
