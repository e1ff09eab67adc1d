import { resultFingerprint } from '../evaluation/result-fingerprint.js';
import { Nl2SqlError } from '../nl2sql-error.js';
import { generateCandidate, type CandidateInput, type CandidateOutcome, type CandidatePorts } from './generate-candidate.js';
import type { CandidateStatement } from './dry-run.js';

export interface VotingOptions {
  /** How many statements are sampled, 2 to 9. */
  readonly samples: number;
  /** Of the samples after the first, which stays at the adapter's own. @default 0.7 */
  readonly temperature?: number;
  /** Runs a guarded statement on the read-only role, rows capped; a throw takes the sample out of the vote. */
  readonly execute: (statement: CandidateStatement, options: { readonly signal?: AbortSignal }) => Promise<readonly Readonly<Record<string, unknown>>[]>;
}

type Accepted = Extract<CandidateOutcome, { readonly kind: 'accepted' }>;

/**
 * Samples several statements, executes them and takes one whose result most of them share. Samples without a statement
 * vote for none: when they are the majority, the first of them is the outcome.
 */
export async function voteOnCandidates(input: CandidateInput, ports: CandidatePorts, options: VotingOptions): Promise<CandidateOutcome & { readonly agreement?: number }> {
  if (!Number.isInteger(options.samples) || options.samples < 2 || options.samples > 9) throw new Nl2SqlError({ code: 'invalid-options', message: 'voting.samples must be a whole number from 2 to 9.' });
  const outcomes: CandidateOutcome[] = [];
  for (let sample = 0; sample < options.samples; sample += 1) {
    outcomes.push(await generateCandidate(sample === 0 ? input : { ...input, temperature: options.temperature ?? 0.7 }, ports));
    // A refusal by the provider is about the question, and would only be repeated.
    if (outcomes[sample]?.kind === 'refusal' || outcomes[sample]?.kind === 'clarification') break;
  }
  const ballots = new Map<string, { readonly winner: Accepted; votes: number }>();
  for (const outcome of outcomes) {
    if (outcome.kind !== 'accepted') continue;
    const result = await executed(outcome, ports, options);
    if (result === null) continue;
    const ballot = ballots.get(result);
    if (ballot === undefined) ballots.set(result, { winner: outcome, votes: 1 });
    else ballot.votes += 1;
  }
  const attempts = outcomes.flatMap((outcome) => outcome.attempts);
  const best = [...ballots.values()].sort((a, b) => b.votes - a.votes)[0];
  const without = outcomes.find((outcome) => outcome.kind !== 'accepted');
  const withoutVotes = outcomes.filter((outcome) => outcome.kind !== 'accepted').length;
  if (best !== undefined && (without === undefined || best.votes >= withoutVotes)) return { ...best.winner, attempts, agreement: best.votes / outcomes.length };
  if (without !== undefined) return { ...without, attempts };
  return { kind: 'abstention', code: 'no-valid-statement', reason: 'None of the sampled statements could be executed.', attempts };
}

async function executed(outcome: Accepted, ports: CandidatePorts, options: VotingOptions): Promise<string | null> {
  const { verdict, parameters } = outcome.checked;
  const rows = await ports.tracer
    .step('vote', () => options.execute({ sql: verdict.statement.sql, parameters }, { signal: ports.signal }), (result) => ({ detail: { rows: result.length } }))
    .catch((error: unknown) => {
      if (ports.signal.aborted) throw error;
      return null;
    });
  return rows === null ? null : resultFingerprint(rows);
}
