import { appendFile, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Nl2SqlError } from '../nl2sql-error.js';

const contentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('tool-use'), id: z.string(), name: z.string(), input: z.unknown() }),
]);

export const recordingSchema = z.object({
  key: z.string().describe('Digest of the request, see requestKey.'),
  modelId: z.string(),
  recordedAt: z.string(),
  request: z.unknown().describe('What was asked, for people; only the key is compared.'),
  response: z.object({
    content: z.array(contentSchema),
    stopReason: z.enum(['end', 'tool-use', 'max-tokens', 'stop-sequence', 'guardrail', 'filtered', 'context-window', 'malformed', 'other']),
    usage: z.object({ inputTokens: z.number(), outputTokens: z.number(), cacheReadTokens: z.number().optional(), cacheWriteTokens: z.number().optional() }),
    latencyMs: z.number(),
  }),
});

/** One exchange with a model. Holds the question: keep recordings as you keep the questions themselves. */
export type Recording = Readonly<z.infer<typeof recordingSchema>>;

/** Where recordings are kept. */
export interface RecordingStore {
  load(): Promise<readonly Recording[]>;
  append(recording: Recording): Promise<void>;
}

/** A store in memory. */
export function memoryRecordings(initial: readonly Recording[] = []): RecordingStore & { readonly recordings: readonly Recording[] } {
  const recordings = [...initial];
  return { recordings, load: () => Promise.resolve(recordings), append: (recording) => Promise.resolve(void recordings.push(recording)) };
}

/**
 * A store in a file of JSON Lines.
 *
 * @throws Nl2SqlError `recording-invalid` for a line that is no recording
 */
export function fileRecordings(path: string): RecordingStore {
  return {
    async load() {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '';
        throw error;
      });
      return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [readRecording(line, `${path}:${index + 1}`)]));
    },
    append: (recording) => appendFile(path, `${JSON.stringify(recording)}\n`),
  };
}

function readRecording(line: string, place: string): Recording {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw new Nl2SqlError({ code: 'recording-invalid', message: `${place} is no JSON.` });
  }
  const read = recordingSchema.safeParse(parsed);
  if (!read.success) throw new Nl2SqlError({ code: 'recording-invalid', message: `${place} is no recording.`, cause: read.error });
  return read.data;
}
