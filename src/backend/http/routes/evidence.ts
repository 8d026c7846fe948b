import * as z from 'zod/mini';
import { customerIdSchema } from '../../../contract/ids.ts';
import type { LaunchDependencies } from '../../launch/dependencies.ts';
import { EVIDENCE_POLICY, evidencePage } from '../../ledger/evidence-page.ts';
import { makeEvidence } from '../../ledger/make-evidence.ts';
import type { LedgerProofs } from '../../ports/ledger-proofs.ts';
import { refuse } from '../../refusal.ts';
import { OPERATIONS } from '../operations.ts';
import type { Register } from '../register.ts';

/** What {@link addEvidenceRoutes} works with. */
export type EvidenceRoutesOptions = {
  readonly launch: Pick<LaunchDependencies, 'ledger' | 'tenant' | 'clock'>;
  /** Absent where the backend signs no checkpoints: then there is no evidence. */
  readonly proofs: LedgerProofs | undefined;
};

const questionSchema = z.object({
  customer: customerIdSchema,
  since: z._default(z.union([z.iso.datetime(), z.iso.date()]), '1970-01-01'),
  agents: z._default(z.enum(['pseudonyms', 'names']), 'pseudonyms'),
  format: z._default(z.enum(['json', 'html']), 'json'),
});

const UNSIGNED = refuse('ledger_unavailable', 'This ledger has no signed checkpoint.');

/** The evidence pack about one customer, for programs and for people. */
export const addEvidenceRoutes = (
  { route }: Register,
  { launch: { ledger, tenant, clock }, proofs }: EvidenceRoutesOptions,
): void =>
  route(OPERATIONS.evidence, async ({ c, caller }) => {
    const question = questionSchema.safeParse(c.req.query());
    if (!question.success) {
      return refuse('invalid_request', '"customer", "since", "agents" or "format" is malformed.');
    }
    if (!proofs) {
      return UNSIGNED;
    }
    const { customer, since, agents, format } = question.data;
    const pack = await makeEvidence(
      { ledger, proofs, appName: async (id) => (await tenant.apps.load(id))?.name, clock },
      caller,
      { customerId: customer, since: new Date(since), withAgents: agents === 'names' },
    );
    if (!pack) {
      return UNSIGNED;
    }
    if (format === 'json') {
      return pack;
    }
    c.header('content-security-policy', EVIDENCE_POLICY);
    return c.html(evidencePage(pack, proofs.key));
  });
