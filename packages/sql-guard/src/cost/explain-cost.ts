import * as z from 'zod';
import { GuardError } from '../verdict/guard-error.js';

/** What a plan may cost. Every limit is optional; an absent one is not checked. */
export interface CostLimits {
  /** The root's `Total Cost`, in the planner's units (one sequential page read is 1 by default). */
  readonly totalCost?: number;
  /** Rows that the root is expected to return. */
  readonly rows?: number;
  /** Rows that any one node is expected to produce, which finds cross joins under an aggregate. */
  readonly nodeRows?: number;
  /** Tables too big to be read from end to end, as `schema.name`, or `name` in any schema. */
  readonly noSequentialScan?: readonly string[];
}

export interface CostViolation {
  readonly rule: 'total-cost' | 'rows' | 'node-rows' | 'sequential-scan';
  readonly message: string;
  readonly hint: string;
  /** Node types from the root to the node, such as `Aggregate > Seq Scan on orders`. */
  readonly path: string;
}

export type CostVerdict =
  | { readonly ok: true; readonly totalCost: number; readonly rows: number }
  | { readonly ok: false; readonly totalCost: number; readonly rows: number; readonly violations: readonly CostViolation[] };

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Total Cost': number;
  readonly 'Plan Rows': number;
  readonly 'Relation Name'?: string | undefined;
  readonly Schema?: string | undefined;
  readonly Plans?: readonly PlanNode[] | undefined;
}

const planNode: z.ZodType<PlanNode> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    'Total Cost': z.number(),
    'Plan Rows': z.number(),
    'Relation Name': z.string().optional(),
    Schema: z.string().optional(),
    Plans: z.array(planNode).optional(),
  }),
);
const explained = z.tuple([z.object({ Plan: planNode })]);

/**
 * Judges the output of `EXPLAIN (FORMAT JSON)`, as text or parsed. With `VERBOSE` the plan names schemas too.
 * @example
 * explainCost(rows[0]['QUERY PLAN'], { totalCost: 1_000_000, noSequentialScan: ['public.events'] });
 * @throws {GuardError} `plan-invalid` when the value is not such a plan.
 */
export function explainCost(plan: unknown, limits: CostLimits): CostVerdict {
  let value = plan;
  if (typeof plan === 'string') {
    try {
      value = JSON.parse(plan);
    } catch (cause) {
      throw new GuardError('plan-invalid', 'The plan is not JSON.', { cause });
    }
  }
  const parsed = explained.safeParse(value);
  if (!parsed.success) throw new GuardError('plan-invalid', `The value is not the output of EXPLAIN (FORMAT JSON):\n${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  const root = parsed.data[0].Plan;
  const totalCost = root['Total Cost'];
  const rows = root['Plan Rows'];
  const violations: CostViolation[] = [];
  if (limits.totalCost !== undefined && totalCost > limits.totalCost) {
    violations.push({ rule: 'total-cost', message: `The plan costs ${String(totalCost)}; ${String(limits.totalCost)} is allowed.`, hint: 'Filter earlier, or by an indexed column.', path: root['Node Type'] });
  }
  if (limits.rows !== undefined && rows > limits.rows) {
    violations.push({ rule: 'rows', message: `The plan expects ${String(rows)} rows; ${String(limits.rows)} are allowed.`, hint: 'Aggregate, or add a LIMIT.', path: root['Node Type'] });
  }
  visit(root, '', limits, violations);
  return violations.length === 0 ? { ok: true, totalCost, rows } : { ok: false, totalCost, rows, violations };
}

function visit(node: PlanNode, above: string, limits: CostLimits, violations: CostViolation[]): void {
  const relation = node['Relation Name'];
  const label = relation === undefined ? node['Node Type'] : `${node['Node Type']} on ${relation}`;
  const path = above === '' ? label : `${above} > ${label}`;
  if (limits.nodeRows !== undefined && node['Plan Rows'] > limits.nodeRows) {
    violations.push({ rule: 'node-rows', message: `A step of the plan expects ${String(node['Plan Rows'])} rows; ${String(limits.nodeRows)} are allowed.`, hint: 'Join on a key, or filter before joining.', path });
  }
  const scansWhole = node['Node Type'] === 'Seq Scan' || node['Node Type'] === 'Sample Scan';
  if (scansWhole && relation !== undefined && (limits.noSequentialScan ?? []).some((name) => name === relation || name === `${node.Schema ?? ''}.${relation}` || (node.Schema === undefined && name.endsWith(`.${relation}`)))) {
    violations.push({ rule: 'sequential-scan', message: `The plan reads ${relation} from end to end.`, hint: 'Filter by an indexed column.', path });
  }
  for (const child of node.Plans ?? []) visit(child, path, limits, violations);
}
