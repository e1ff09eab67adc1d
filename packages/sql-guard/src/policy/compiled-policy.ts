import type { Catalog } from '../catalog/catalog.js';
import { extensionPreset } from '../catalog/extension-preset.js';
import type { GuardPolicy } from './guard-policy.js';
import { relationKey as key } from './relation-key.js';
import { viewReads } from './view-reads.js';

/** What the policy says of one relation, in the form the analysis asks. */
export interface RelationRule {
  readonly schema: string;
  readonly name: string;
  /** Listed columns, or `null` when every column but the hidden ones may be read. */
  readonly visible: ReadonlySet<string> | null;
  readonly hidden: ReadonlySet<string>;
  readonly complete: boolean;
  /** Whether reading a whole row could reveal a column that may not be read. */
  readonly wildcard: boolean;
  /** A relation filtered by tenant that this view reads while nothing filters the view itself, as `schema.name`. */
  readonly readsUnfiltered: string | null;
}

export type RelationDecision = { readonly ok: true; readonly rule: RelationRule } | { readonly ok: false; readonly reason: 'unknown' | 'denied' | 'system' | 'view-reads-denied' };

/** A policy in lookup form, joined with the catalog of one major. */
export interface CompiledPolicy {
  readonly source: GuardPolicy;
  relation(schema: string | null, name: string): RelationDecision;
  /** Relations by that bare name in any schema, for hints. */
  suggestions(name: string): readonly string[];
  function(schema: string | null, name: string): boolean;
  operator(schema: string | null, name: string): boolean;
  type(schema: string | null, name: string): boolean;
  /** What a function of an extension's preset returns, `null` for any other function. */
  extensionOutput(schema: string | null, name: string): readonly string[] | 'value' | null;
  readonly compositeFields: ReadonlySet<string>;
}

const noNames: ReadonlySet<string> = new Set();

/** Names that a dialect offers by itself. */
export type BuiltIns = Pick<Catalog, 'functions' | 'operators' | 'types'>;

export function compilePolicy(policy: GuardPolicy, catalog: BuiltIns): CompiledPolicy {
  const deniedSchemas = new Set(policy.denied.filter(({ name }) => name === '*').map(({ schema }) => schema));
  const denied = new Set(policy.denied.map(({ schema, name }) => key(schema, name)));
  const isDenied = (schema: string, name: string): boolean => deniedSchemas.has(schema) || denied.has(key(schema, name));
  const views = viewReads(policy, isDenied);
  const rules = new Map<string, RelationRule>();
  for (const table of policy.tables) {
    const hidden = new Set(table.hiddenColumns);
    const visible = table.columns === undefined ? null : new Set(table.columns.filter((column) => !hidden.has(column)));
    const revealsNothing = hidden.size === 0 && (visible === null || table.columnsAreComplete);
    rules.set(key(table.schema, table.name), {
      schema: table.schema, name: table.name, visible, hidden,
      complete: visible !== null && table.columnsAreComplete,
      wildcard: policy.wildcards === 'allow' && revealsNothing,
      readsUnfiltered: views.unfiltered.get(key(table.schema, table.name)) ?? null,
    });
  }
  const schemas = new Set(policy.schemas);

  const open = remembered<RelationDecision>();
  const inSchema = (schema: string, name: string): RelationDecision => {
    if (isDenied(schema, name)) return { ok: false, reason: 'denied' };
    const rule = rules.get(key(schema, name));
    if (rule !== undefined) return views.refused.has(key(schema, name)) ? { ok: false, reason: 'view-reads-denied' } : { ok: true, rule };
    if (schema === 'pg_catalog' || schema === 'information_schema' || schema.startsWith('pg_')) return { ok: false, reason: 'system' };
    if (!schemas.has(schema)) return { ok: false, reason: 'unknown' };
    // Extensions put views of the server's state among the tables, as pg_stat_statements does; opening a schema does not mean those.
    if (name.startsWith('pg_')) return { ok: false, reason: 'system' };
    return open(key(schema, name), () => ({ ok: true, rule: { schema, name, visible: null, hidden: noNames, complete: false, wildcard: policy.wildcards === 'allow', readsUnfiltered: null } }));
  };
  const unqualified = (name: string): RelationDecision => {
    // pg_catalog is searched before every other schema, and all its relations are named pg_*.
    if (name.startsWith('pg_')) return inSchema('pg_catalog', name);
    let possible: RelationDecision | null = null;
    for (const candidate of policy.searchPath) {
      const decision = inSchema(candidate, name);
      if (rules.has(key(candidate, name))) return possible ?? decision;
      if (decision.ok) possible ??= decision;
      else if (decision.reason === 'denied' || possible !== null) return decision;
    }
    return possible ?? { ok: false, reason: 'unknown' };
  };
  const found = remembered<RelationDecision>();

  return {
    source: policy,
    compositeFields: new Set(policy.compositeFields),
    suggestions: (name) => policy.tables.filter((table) => table.name === name.toLowerCase() || table.name === name).map((table) => `${table.schema}.${table.name}`),
    relation: (schema, name) => (schema === null ? found(name, unqualified) : inSchema(schema, name)),
    extensionOutput(schema, name) {
      for (const extension of policy.extensions) {
        if (schema === null ? !policy.searchPath.includes(extension.schema) : schema !== extension.schema) continue;
        const { functions, outputColumns } = extensionPreset(extension.name);
        if (functions.has(name) && !catalog.functions.has(name)) return outputColumns[name] ?? 'value';
      }
      return null;
    },
    ...nameRules(policy, catalog),
  };
}

/** What was decided about a name. Names come from statements, so what is remembered of them has an end. */
function remembered<Decision>(): (name: string, decide: (name: string) => Decision) => Decision {
  const known = new Map<string, Decision>();
  return (name, decide) => {
    let decision = known.get(name);
    if (decision === undefined) {
      if (known.size > 2_000) known.clear();
      decision = decide(name);
      known.set(name, decision);
    }
    return decision;
  };
}

function nameRules(policy: GuardPolicy, catalog: BuiltIns): Pick<CompiledPolicy, 'function' | 'operator' | 'type'> {
  const path = new Set(policy.searchPath);
  const allowlist = (builtIn: ReadonlySet<string>, kind: 'functions' | 'operators' | 'types') => {
    const allowed = new Set<string>();
    /** Names that may stand without a schema. */
    const bare = new Set(builtIn);
    const deny = new Set(policy[kind].deny);
    const allow = (schema: string | null, name: string): void => {
      allowed.add(schema === null ? name : `${schema}.${name}`);
      if (schema === null || path.has(schema)) bare.add(name);
      if (schema !== null && path.has(schema)) allowed.add(name);
    };
    for (const entry of policy[kind].allow) {
      const dot = kind === 'operators' ? -1 : entry.indexOf('.');
      allow(dot < 0 ? null : entry.slice(0, dot), dot < 0 ? entry : entry.slice(dot + 1));
    }
    for (const extension of policy.extensions) for (const name of extensionPreset(extension.name)[kind]) allow(extension.schema, name);
    for (const name of deny) bare.delete(name);
    return (schema: string | null, name: string): boolean => {
      if (schema === null) return bare.has(name);
      if (deny.has(name) || deny.has(`${schema}.${name}`)) return false;
      return allowed.has(`${schema}.${name}`) || (schema === 'pg_catalog' && (builtIn.has(name) || allowed.has(name)));
    };
  };
  return { function: allowlist(catalog.functions, 'functions'), operator: allowlist(catalog.operators, 'operators'), type: allowlist(catalog.types, 'types') };
}
