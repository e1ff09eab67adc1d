import { loadCatalog } from '../catalog/load-catalog.js';
import { loadParser, type PostgresMajor } from '../grammar/load-parser.js';
import type { Guard } from '../guard/guard.js';
import { compilePolicy } from '../policy/compiled-policy.js';
import type { GuardPolicy } from '../policy/guard-policy.js';
import { enforceStatement } from '../rewrite/enforce-statement.js';
import { tenantTypes } from '../rewrite/tenant-types.js';
import { inspectStatement } from './inspect-statement.js';
import { describeStatement } from './describe-statement.js';

/** The guard over PostgreSQL's own grammar of one major. */
export async function createPostgresqlGuard(version: PostgresMajor, policy: GuardPolicy): Promise<Guard> {
  const [parser, catalog] = await Promise.all([loadParser(version), loadCatalog(version)]);
  const compiled = compilePolicy(policy, catalog);
  const types = tenantTypes(policy, parser);
  return {
    dialect: 'postgresql',
    version,
    policy,
    check(sql) {
      const result = inspectStatement(sql, parser, compiled, catalog);
      return result.ok ? { ok: true, statement: describeStatement(result.inspection, sql, null) } : result;
    },
    enforce(sql, context = {}) {
      const result = inspectStatement(sql, parser, compiled, catalog);
      return result.ok ? enforceStatement(result.inspection, context, parser, policy, types) : result;
    },
  };
}
