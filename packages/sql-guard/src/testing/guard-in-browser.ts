// What the browser test runs in a page and again in a worker of it.
import { createGuard } from '../index.js';
import { attackPolicy } from './attack-policy.js';

interface Surroundings {
  readonly document?: unknown;
  readonly location: { readonly href: string };
  fetch(url: string, options: { readonly method: string; readonly body: string }): Promise<unknown>;
  readonly Worker: new (url: string, options: { readonly type: 'module' }) => unknown;
}
const surroundings = globalThis as unknown as Surroundings;
const isPage = surroundings.document !== undefined;

async function verdicts(): Promise<Readonly<Record<string, unknown>>> {
  const found: Record<string, unknown> = { process: typeof (globalThis as { readonly process?: unknown }).process };
  for (const version of [16, 17, 18] as const) {
    const guard = await createGuard({ version, policy: attackPolicy });
    const legitimate = guard.enforce("SELECT 'é漢😀', count(*) FROM orders WHERE amount > :least");
    const syntax = guard.check("SELECT 'é漢😀' FROM FROM");
    found[version] = {
      sql: legitimate.ok ? legitimate.statement.sql : legitimate.violations,
      parameters: legitimate.ok ? legitimate.statement.parameters : [],
      refused: ['SELECT pg_sleep(1)', 'SELECT password FROM customers', 'DELETE FROM orders', 'SELECT 1; SELECT 2'].map((sql) => guard.check(sql).ok),
      syntax: syntax.ok ? null : syntax.violations.map(({ rule, start, end }) => ({ rule, start, end })),
    };
  }
  found.mysql = await createGuard({ dialect: 'mysql', policy: attackPolicy }).then(() => 'made', (error: unknown) => (error as { readonly code?: string }).code);
  return found;
}

const outcome = await verdicts().catch((error: unknown) => ({ error: String(error) }));
await surroundings.fetch('/verdicts', { method: 'POST', body: JSON.stringify({ where: isPage ? 'page' : 'worker', ...outcome }) });
if (isPage) new surroundings.Worker('/guard-in-browser.js', { type: 'module' });
