import { expect, it } from 'vitest';
import { modelPrices } from './model-prices.js';

it('takes prices for a million tokens in one currency', () => {
  expect(modelPrices.parse('{"inputPerMillion":3,"outputPerMillion":15,"cacheReadPerMillion":0.3,"currency":"EUR"}')).toEqual({ inputPerMillion: 3, outputPerMillion: 15, cacheReadPerMillion: 0.3, currency: 'EUR' });
  expect(modelPrices.parse('{"inputPerMillion":0,"outputPerMillion":0}')).toMatchObject({ currency: 'USD' });
});

it.each(['', '{}', '{"inputPerMillion":3}', '{"inputPerMillion":-1,"outputPerMillion":1}', '{"inputPerMillion":"3","outputPerMillion":1}', '{"inputPerMillion":3,"outputPerMillion":1,"currency":"dollars"}', '{"inputPerMillion":3,"outputPerMillion":1,"outputPerMilion":1}'])('refuses %s', (text) => {
  expect(modelPrices.safeParse(text).success).toBe(false);
});
