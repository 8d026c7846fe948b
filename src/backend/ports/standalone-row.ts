import type { ErrorCode } from '../../contract/error-codes.ts';
import type { AgentId, CustomerId, LaunchId, TargetAppId } from '../../contract/ids.ts';

/** A refusal that belongs to no launch: the request was unreadable, or asked for something else. */
export type RequestRefusal = {
  readonly type: 'request_refused';
  /** The launch that it was about, as far as the request said. */
  readonly launchId?: LaunchId;
  readonly agentId: AgentId;
  readonly agentIp: string;
  readonly code: ErrorCode;
  readonly requestId: string;
};

/** Somebody made an evidence pack about a customer. */
export type EvidenceMade = {
  readonly type: 'evidence_made';
  readonly agentId: AgentId;
  readonly agentIp: string;
  readonly customerId: CustomerId;
  readonly since: string;
  /** Whether the pack names agents. */
  readonly withAgents: boolean;
  readonly requestId: string;
};

/** A new key signs the ledger's checkpoints; the key before it says so in a signed note. */
export type KeyEndorsement = {
  readonly type: 'ledger_key_endorsed';
  readonly endorsement: string;
  readonly requestId: string;
};

/** An operator said that the ledger goes on from a backup, and which signed state was given up for it. */
export type LedgerResumption = {
  readonly type: 'ledger_resumed';
  readonly abandonedCheckpoint: string;
  readonly requestId: string;
};

/** The agent opened an app as themselves. */
export type OwnSession = {
  readonly type: 'own_session';
  readonly agentId: AgentId;
  readonly agentIp: string;
  readonly targetAppId: TargetAppId;
  readonly requestId: string;
};

/** Somebody exported the whole ledger, personal values and all: over the API, or on a machine that reaches the database. */
export type LedgerExport = { readonly type: 'ledger_exported'; readonly requestId: string } & (
  | { readonly agentId: AgentId; readonly agentIp: string }
  | { readonly operator: string }
);

/** Somebody on a machine that reaches the database had a report made, about a customer or about an agent. */
export type ReportMade = {
  readonly type: 'report_made';
  /** The account of the operating system. */
  readonly operator: string;
  readonly requestId: string;
} & ({ readonly customerId: CustomerId } | { readonly reportedAgentId: AgentId });

/** Somebody read launches of others, with whatever a launch says of its customer. */
export type LaunchesRead = {
  readonly type: 'launches_read';
  readonly agentId: AgentId;
  readonly agentIp: string;
  readonly launchIds: readonly LaunchId[];
  readonly requestId: string;
};

/** What an operator reads of a ledger outside of the API, and must be recorded. */
export type RecordedReading = Extract<LedgerExport | ReportMade, { operator: string }>;

/** A row that belongs to no launch. */
export type StandaloneRow =
  | RequestRefusal
  | OwnSession
  | LedgerExport
  | ReportMade
  | LaunchesRead
  | EvidenceMade
  | KeyEndorsement
  | LedgerResumption;
