import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Deadline } from '../deadline.js';
import { LocalAuroraError } from '../local-aurora-error.js';
import { readCredentials } from '../postgres/data-directory.js';
import type { PostgresVersion } from '../postgres/postgres-version.js';
import { identifyProcess, probeProcess } from '../postgres/process-identity.js';
import { attachedAurora } from './attached-aurora.js';
import type { LocalAurora } from './local-aurora.js';
import { writeFileWhole } from './write-file-whole.js';

const stateSchema = z.object({
  format: z.literal(1),
  owner: z.object({ pid: z.number(), started: z.string(), scope: z.string() }),
  endpoint: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }),
  resourceArn: z.string(),
  postgres: z.object({ version: z.union([z.literal(16), z.literal(17), z.literal(18)]), port: z.number(), pid: z.number() }),
  databases: z.array(z.string()),
  anchor: z.string(),
});

const statePath = (directory: string) => join(directory, 'stack.json');

/** Lets other processes of this user find and use a running stack. @returns what ends that */
export async function shareStack(directory: string, aurora: LocalAurora): Promise<() => Promise<void>> {
  const owner = await identifyProcess(process.pid);
  const { dataApi, postgres, resourceArn, databases, anchor } = aurora;
  const state = { format: 1, owner, endpoint: dataApi.endpoint, resourceArn, postgres: { version: postgres.version, port: postgres.port, pid: postgres.pid }, databases, anchor };
  await writeFileWhole(statePath(directory), JSON.stringify(state));
  return () => rm(statePath(directory), { force: true });
}

export interface FindSharedStackOptions {
  readonly directory: string;
  readonly version: PostgresVersion;
  readonly samples: readonly string[];
  readonly anchor: string;
  readonly deadline: Deadline;
}

/**
 * The stack that another living process shares from this directory, if its server answers.
 *
 * @returns null when there is none, or what is left of one that crashed
 * @throws {LocalAuroraError} `stack-unavailable` when it runs, but serves something else
 */
export async function findSharedStack({ directory, version, samples, anchor, deadline }: FindSharedStackOptions): Promise<LocalAurora | null> {
  const text = await readFile(statePath(directory), 'utf8').catch(() => null);
  if (text === null) return null;
  const parsed = stateSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const state = parsed.data;
  if ((await probeProcess(state.owner)) !== 'alive' || !(await answers(state.endpoint, state.resourceArn, deadline))) return null;
  if (state.postgres.version !== version || state.anchor !== anchor || !samples.every((sample) => state.databases.includes(sample))) {
    throw new LocalAuroraError(
      'stack-unavailable',
      `Process ${state.owner.pid} runs a local cluster on ${directory} with PostgreSQL ${state.postgres.version}, the samples ${state.databases.join(', ')} and the anchor ${state.anchor}. Stop it, ask for the same, or use another data directory.`,
    );
  }
  return attachedAurora({ ...state, dataDirectory: directory, credentials: await readCredentials(directory, version), owner: state.owner.pid });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const healthSchema = z.object({ status: z.literal('ok'), resourceArn: z.string() });

/** A port is soon given to another program: only an answer that names the cluster counts. */
async function answers(endpoint: string, resourceArn: string, deadline: Deadline): Promise<boolean> {
  deadline.check();
  try {
    const response = await fetch(`${endpoint}/_ask-aurora/health`, { redirect: 'error', signal: AbortSignal.any([deadline.signal, AbortSignal.timeout(2_000)]) });
    return healthSchema.parse(await response.json()).resourceArn === resourceArn;
  } catch {
    deadline.check();
    return false;
  }
}
