import type { RDSDataClientConfig } from '@aws-sdk/client-rds-data';
import type { DecodingOptions } from '../decoding/decoding-options.js';
import type { DataApiHooks } from '../observation/data-api-hooks.js';
import type { Engine } from '../parameters/scan-statement.js';
import type { ResumeOptions } from '../transport/retry-resuming.js';
import type { CommandSender } from '../transport/send-command.js';

export interface DataApiClientOptions {
  readonly resourceArn: string;
  readonly secretArn: string;
  /** @default the cluster's default database */
  readonly database?: string;
  /** @default 'postgresql' */
  readonly engine?: Engine;
  /** An `RDSDataClient` of your own. Its retries are kept within what is safe for each statement. */
  readonly client?: CommandSender;
  /** For the client that is made when none is given. */
  readonly region?: string;
  /** For the client that is made when none is given: another address, for example a local Data API. */
  readonly endpoint?: string;
  /** For the client that is made when none is given. */
  readonly credentials?: NonNullable<RDSDataClientConfig['credentials']>;
  readonly decoding?: DecodingOptions;
  /**
   * Milliseconds for a call with the SDK's retries. A statement has 45 s in the Data API.
   * @default 60_000
   */
  readonly deadlineMs?: number;
  /** How long calls wait for a paused cluster. */
  readonly resume?: ResumeOptions;
  readonly hooks?: DataApiHooks;
  /**
   * `auto` makes OpenTelemetry spans when @opentelemetry/api is installed.
   * @default 'auto'
   */
  readonly tracing?: 'auto' | 'off';
  /**
   * Give hooks the values of parameters too.
   * @default false
   */
  readonly logParameterValues?: boolean;
}
