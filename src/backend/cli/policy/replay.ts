import type { LedgerRow } from '../../../contract/ledger.ts';
import { type CompanyRules, decideByCompanyRules } from '../../policy/company-rules.ts';
import type { LocalTime } from '../../policy/local-time.ts';
import type { CompanyPolicy } from '../../ports/company-policy.ts';
import { type RecordedLaunch, readRecordedLaunch } from './recorded-launch.ts';
import { createReplayedCounts } from './replayed-counts.ts';

/** A launch that began, and what other rules would have made of it. */
export type ReplayedLaunch = RecordedLaunch & {
  readonly outcome: 'same' | 'refused' | 'less_time' | 'not_decidable';
  /** Why, in words for a terminal; nothing where nothing changes. */
  readonly why: string;
};

type ReplayOptions = {
  readonly rows: AsyncIterable<LedgerRow>;
  /** Launches before this are read for their counts only. */
  readonly since: Date;
  readonly company: CompanyPolicy;
  readonly rules: CompanyRules;
  readonly localTime: (at: Date) => LocalTime;
};

/**
 * Asks other rules about the launches that began, one by one in the order of the ledger, as they were when they began.
 * The fixed protections are not asked again: what they looked at is not recorded. A launch of which a value was erased
 * that rules look at is not decidable, and never counts as allowed; so is one of before there were rules. Remembers the
 * last four hours of the ledger and no more.
 */
export const replayLaunches = async function* ({
  rows,
  since,
  company,
  rules,
  localTime,
}: ReplayOptions): AsyncGenerator<ReplayedLaunch> {
  const counts = createReplayedCounts();

  const decide = (launch: RecordedLaunch): ReplayedLaunch => {
    const { facts, grant, agentId, at } = launch;
    const counted = agentId && counts.of(agentId, at);
    if (!facts || !grant) {
      return { ...launch, outcome: 'not_decidable', why: 'a value was erased or never recorded' };
    }
    if (company.looksAt.counts && !counted) {
      return { ...launch, outcome: 'not_decidable', why: 'a launch that may count was erased' };
    }
    const { lastHour: launchesLastHour, active: activeSessions } = counted ?? {
      lastHour: 0,
      active: 0,
    };
    const ladder = [grant, ...rules.ladder.filter(({ minutes }) => minutes < grant.minutes)];
    const decided = decideByCompanyRules(
      company,
      { ...facts, launchesLastHour, activeSessions },
      { ...rules, ladder },
    );
    const by = decided.policies.length === 0 ? 'no rule allows it' : decided.policies.join(', ');
    if ('refusal' in decided) {
      return { ...launch, outcome: 'refused', why: `${decided.refusal.code}: ${by}` };
    }
    if (decided.needs.length > 0) {
      return { ...launch, outcome: 'refused', why: `needs ${decided.needs.join(', ')}: ${by}` };
    }
    const { minutes } = decided.grant;
    return minutes < grant.minutes
      ? { ...launch, outcome: 'less_time', why: `${minutes} instead of ${grant.minutes} minutes` }
      : { ...launch, outcome: 'same', why: '' };
  };

  for await (const row of rows) {
    const launch = readRecordedLaunch(row, localTime);
    if (!launch) {
      counts.carryOn(row);
      continue;
    }
    if (launch.at >= since) {
      yield decide(launch);
    }
    counts.begin(launch);
  }
};
