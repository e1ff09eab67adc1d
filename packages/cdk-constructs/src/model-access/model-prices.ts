import { Token } from 'aws-cdk-lib';
import { CdkConstructsError } from '../errors/cdk-constructs-error.js';

/** What a model costs for a million tokens. Prices differ by model, region and time, so nobody's are built in. */
export interface ModelPrices {
  readonly inputPerMillion: number;
  readonly outputPerMillion: number;
  /** Tokens read from the provider's prompt cache. @default inputPerMillion */
  readonly cacheReadPerMillion?: number;
  /** Tokens written to it. @default inputPerMillion */
  readonly cacheWritePerMillion?: number;
  /** ISO 4217. @default USD */
  readonly currency?: string;
}

/** What may be said of any model. */
export interface ModelOptions {
  /** For the cost in audit records, dashboard and alarm. @default none, and then no cost is known */
  readonly prices?: ModelPrices;
}

/** @throws CdkConstructsError `invalid-props` for a price below 0 and for a currency that is none */
export function checkPrices(modelId: string, prices: ModelPrices | undefined): void {
  if (prices === undefined) return;
  const { currency = 'USD', ...amounts } = prices;
  for (const [name, amount] of Object.entries(amounts) as readonly (readonly [string, number | undefined])[]) {
    if (amount === undefined || Token.isUnresolved(amount) || (amount >= 0 && amount <= 1_000_000)) continue;
    throw new CdkConstructsError('invalid-props', `The price ${name} of ${modelId} must be from 0 to 1,000,000, it is ${amount}.`);
  }
  if (!Token.isUnresolved(currency) && !/^[A-Z]{3}$/.test(currency)) throw new CdkConstructsError('invalid-props', `The currency of ${modelId} must be three capital letters, it is ${JSON.stringify(currency)}.`);
}
