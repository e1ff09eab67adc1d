import type { ForeignKey, Relation, SchemaArtifact } from '../artifact/schema-artifact.js';
import { singular } from '../offline/singular.js';
import { splitIdentifier } from './split-identifier.js';

/** Last words of columns that identify something. Without one of them equal names prove nothing: two `email` columns are no key. */
const keyWords = new Set(['id', 'uuid', 'guid', 'key', 'code', 'no', 'num', 'number']);

/**
 * Foreign keys that no constraint declares: a column whose name is that of another relation's single-column key, or the
 * relation's name and its key's (`customer_id` for `customers.id`), of the same type, where that key is unique. A
 * column that fits two relations equally well gets none: a wrong join is worse than a missing one.
 *
 * @param unique columns (`schema.relation.column`) in whose values none was seen twice; they count as keys only where
 * their name says that they are the relation's own (`author_id` or `aid` of `author`)
 */
export function inferForeignKeys(artifact: SchemaArtifact, unique: ReadonlySet<string>): readonly ForeignKey[] {
  const taken = new Set(artifact.foreignKeys.flatMap(({ from }) => from.columns.map((column) => `${from.schema}.${from.relation}.${column}`)));
  const targets = artifact.relations.flatMap((relation) => keyTargets(relation, unique));
  const byName = new Map<string, Targets>();
  for (const target of targets) {
    for (const name of target.names) for (const place of [target.relation.schema, anySchema]) addTarget(byName, nameKey(name, target.type, place), target);
  }
  const own = new Set(targets.map(({ relation, column }) => `${relation.schema}.${relation.name}.${column}`));

  return artifact.relations.flatMap((relation) =>
    relation.columns.flatMap((column): ForeignKey[] => {
      const path = `${relation.schema}.${relation.name}.${column.name}`;
      if (taken.has(path) || (own.has(path) && isOwnName(relation, column.name))) return [];
      const name = splitIdentifier(column.name).map(singular).join(' ');
      const [only, ...others] = fitting(byName.get(nameKey(name, column.type, relation.schema)), relation) ?? fitting(byName.get(nameKey(name, column.type, anySchema)), relation) ?? [];
      if (only === undefined || others.length > 0) return [];
      return [
        {
          name: null,
          from: { schema: relation.schema, relation: relation.name, columns: [column.name] },
          to: { schema: only.relation.schema, relation: only.relation.name, columns: [only.column] },
          inferred: true,
          preferred: false,
          phrases: [],
        },
      ];
    }),
  );
}

/** Targets of one name and kind of type; `named` are those whose key is named after its own relation. */
interface Targets {
  readonly all: KeyTarget[];
  readonly named: KeyTarget[];
}

const anySchema = null;

function nameKey(name: string, type: string, schema: string | null): string {
  return JSON.stringify([name, typeFamily(type), schema]);
}

function addTarget(byName: Map<string, Targets>, key: string, target: KeyTarget): void {
  const targets = byName.get(key) ?? { all: [], named: [] };
  targets.all.push(target);
  if (isOwnName(target.relation, target.column)) targets.named.push(target);
  byName.set(key, targets);
}

/** The first two targets in other relations, or null: thousands of tables may have a column of one name, and two are too many already. */
function fitting(targets: Targets | undefined, relation: Relation): readonly KeyTarget[] | null {
  const firstTwo = (candidates: readonly KeyTarget[]): readonly KeyTarget[] => {
    const found: KeyTarget[] = [];
    for (const target of candidates) {
      if (target.relation !== relation) found.push(target);
      if (found.length === 2) break;
    }
    return found;
  };
  const named = firstTwo(targets?.named ?? []);
  const found = named.length > 0 ? named : firstTwo(targets?.all ?? []);
  return found.length === 0 ? null : found;
}

interface KeyTarget {
  readonly relation: Relation;
  readonly column: string;
  readonly type: string;
  /** Column names, as words, that point here. */
  readonly names: readonly string[];
}

function keyTargets(relation: Relation, unique: ReadonlySet<string>): readonly KeyTarget[] {
  const declared = new Set([relation.primaryKey, ...relation.uniqueKeys].filter((key) => key.length === 1).flat());
  const relationWords = splitIdentifier(relation.name).map(singular);
  return relation.columns
    .filter((column) => declared.has(column.name) || (unique.has(`${relation.schema}.${relation.name}.${column.name}`) && isOwnName(relation, column.name)))
    .map((column) => {
      const words = splitIdentifier(column.name).map(singular);
      const [first] = words;
      const names = words.length === 1 && keyWords.has(first ?? '') ? [[...relationWords, ...words].join(' ')] : keyWords.has(words.at(-1) ?? '') || isShortKey(column.name) || isGluedKey(relation, column.name) ? [words.join(' ')] : [];
      return { relation, column: column.name, type: column.type, names };
    });
}

/** Whether a key column is named after its own relation: `id`, `author_id` or `aid` of `author`, `ol_id` of `order_lines`. */
function isOwnName(relation: Relation, column: string): boolean {
  const words = splitIdentifier(column).map(singular);
  const relationWords = splitIdentifier(relation.name).map(singular);
  if ((words.length === 1 && words[0] === 'id') || isGluedKey(relation, column)) return true;
  const prefix = words.length > 1 ? words.slice(0, -1).join('') : isShortKey(column) ? column.toLowerCase().slice(0, -2) : '';
  if (prefix === '' || (words.length > 1 && !keyWords.has(words.at(-1) ?? ''))) return false;
  return relationWords.join('').startsWith(prefix) || relationWords.map((word) => word[0]).join('') === prefix;
}

/** `aid`, `bid`, and `paperid` of `papers`: a name and "id" without anything between. */
function isShortKey(column: string): boolean {
  return /^[a-z]{1,4}id$/i.test(column);
}

function isGluedKey(relation: Relation, column: string): boolean {
  return column.toLowerCase() === `${splitIdentifier(relation.name).map(singular).join('')}id`;
}

function typeFamily(type: string): string {
  if (/^(smallint|integer|bigint)$|^(?:tiny|small|medium|big)?int\b/.test(type)) return 'integer';
  if (/^(character|text)|^(?:var)?char\b|^(?:tiny|medium|long)text\b/.test(type)) return 'text';
  return type;
}
