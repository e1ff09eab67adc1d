import type { ForeignKey, SchemaArtifactInput } from '../artifact/schema-artifact.js';
import { singular } from '../offline/singular.js';
import { splitIdentifier } from './split-identifier.js';

type CatalogRelation = SchemaArtifactInput['relations'][number];

/** Last words of columns that identify something. Without one of them equal names prove nothing: two `email` columns are no key. */
const keyWords = new Set(['id', 'uuid', 'guid', 'key', 'code', 'no', 'num', 'number']);

/**
 * Foreign keys that no constraint declares: a column whose name is that of another relation's single-column key, or the
 * relation's name and its key's (`customer_id` for `customers.id`), of the same type, where that key is unique. A
 * column that fits two relations equally well gets none: a wrong join is worse than a missing one.
 */
export function inferForeignKeys(relations: readonly CatalogRelation[], declared: readonly ForeignKey[]): readonly ForeignKey[] {
  const taken = new Set(declared.flatMap(({ from }) => from.columns.map((column) => `${from.schema}.${from.relation}.${column}`)));
  const targets = relations.flatMap(keyTargets);
  const byName = new Map<string, KeyTarget[]>();
  for (const target of targets) for (const name of target.names) byName.set(name, [...(byName.get(name) ?? []), target]);

  return relations.flatMap((relation) =>
    relation.columns.flatMap((column): ForeignKey[] => {
      if (taken.has(`${relation.schema}.${relation.name}.${column.name}`) || isOwnKey(relation, column.name)) return [];
      const candidates = (byName.get(splitIdentifier(column.name).map(singular).join(' ')) ?? []).filter(
        (target) => target.relation !== relation && typeFamily(target.type) === typeFamily(column.type),
      );
      const near = candidates.filter((target) => target.relation.schema === relation.schema);
      const [only, ...others] = near.length > 0 ? near : candidates;
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

interface KeyTarget {
  readonly relation: CatalogRelation;
  readonly column: string;
  readonly type: string;
  /** Column names, as words, that point here. */
  readonly names: readonly string[];
}

function keyTargets(relation: CatalogRelation): readonly KeyTarget[] {
  const keys = [relation.primaryKey ?? [], ...(relation.uniqueKeys ?? [])].filter((key) => key.length === 1).map((key) => key[0]);
  const relationWords = splitIdentifier(relation.name).map(singular);
  return relation.columns
    .filter((column) => keys.includes(column.name))
    .map((column) => {
      const words = splitIdentifier(column.name).map(singular);
      if (!keyWords.has(words.at(-1) ?? '') && !/^[a-z]{1,3}id$/.test(column.name)) return { relation, column: column.name, type: column.type, names: [] };
      const names = words.length === 1 && keyWords.has(words[0] ?? '') ? [[...relationWords, ...words].join(' ')] : [words.join(' ')];
      return { relation, column: column.name, type: column.type, names };
    });
}

/** A relation's own single-column primary key is what others point to; it points elsewhere only by a declared key. */
function isOwnKey(relation: CatalogRelation, column: string): boolean {
  return relation.primaryKey?.length === 1 && relation.primaryKey[0] === column;
}

function typeFamily(type: string): string {
  if (/^(smallint|integer|bigint)$/.test(type)) return 'integer';
  if (/^(character|text)/.test(type)) return 'text';
  return type;
}

