import { z } from 'zod';
import { jsonText } from './read-environment.js';

const price = z.number().min(0).max(1_000_000);

/** What the model costs, as JSON in an environment variable: a currency, and amounts for a million tokens. */
export const modelPrices = jsonText.pipe(
  z.strictObject({
    /** ISO 4217. */
    currency: z.string().regex(/^[A-Z]{3}$/, 'has to be three capital letters').default('USD'),
    inputPerMillion: price,
    outputPerMillion: price,
    cacheReadPerMillion: price.exactOptional(),
    cacheWritePerMillion: price.exactOptional(),
  }),
);
