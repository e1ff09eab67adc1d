import type { ParameterValue } from '../../pipeline/parameter-value.js';

/** `:name` parameters as `$n` with a cast, the way the RDS Data API types them by the value's kind. */
export function positional(sql: string, parameters: Readonly<Record<string, ParameterValue>>): { readonly text: string; readonly values: ParameterValue[] } {
  const values: ParameterValue[] = [];
  const numbers = new Map<string, number>();
  const text = sql.replace(/(?<![:\w]):([a-z_]\w*)/gi, (whole, name: string) => {
    const value = parameters[name];
    if (value === undefined) return whole;
    if (!numbers.has(name)) numbers.set(name, values.push(value));
    const type = typeof value === 'number' ? (Number.isInteger(value) ? 'bigint' : 'float8') : typeof value === 'boolean' ? 'boolean' : 'text';
    return `$${numbers.get(name)}::${type}`;
  });
  return { text, values };
}
