/** What one look at the surroundings found. */
export interface CheckResult {
  readonly status: 'ok' | 'warning' | 'failed';
  /** What was found, in one line. */
  readonly found: string;
  /** What to do about it; `null` when nothing needs doing. */
  readonly hint: string | null;
}

export interface CheckContext {
  readonly environment: NodeJS.ProcessEnv;
  /** A model specification, as `--model` takes it. */
  readonly model: string;
  readonly dataDirectory?: string;
  /** Aborted when the check's own deadline passes, too. */
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

/** One thing that has to be right for the command to work. It reports what it finds, and throws only when it can't look. */
export interface Check {
  readonly name: string;
  /** Milliseconds after which the check has failed. */
  readonly deadlineMs: number;
  run(context: CheckContext): Promise<CheckResult>;
}

export const ok = (found: string): CheckResult => ({ status: 'ok', found, hint: null });
export const warning = (found: string, hint: string): CheckResult => ({ status: 'warning', found, hint });
export const failed = (found: string, hint: string): CheckResult => ({ status: 'failed', found, hint });
