import type { SchemaArtifact } from '../artifact/schema-artifact.js';

type Dialect = SchemaArtifact['dialect'];

/** Reserved in PostgreSQL 17 or MySQL 8.4 and likely as a name; source: the keyword appendices of both manuals. */
const reserved = new Set(
  ('all analyse analyze and any array as asc authorization between both by case cast check collate column condition constraint create cross current_date current_time ' +
    'current_timestamp current_user database default deferrable delete desc describe distinct do else end except exists false fetch for foreign freeze from full grant group ' +
    'groups having in index initially inner insert intersect into is join key keys left like limit lock natural not null offset on only or order outer over overlaps partition placing ' +
    'primary range rank read references returning right row rows select session_user set some symmetric system table tablesample then to trailing true union unique update user ' +
    'using values variadic verbose when where window with year_month').split(' '),
);

/** Writes a name as SQL needs it: quoted only when it must be, so that a model copies it as it stands. */
export function quoteName(name: string, dialect: Dialect): string {
  const plain = dialect === 'postgresql' ? /^[a-z_][a-z0-9_$]*$/ : /^[A-Za-z_][A-Za-z0-9_$]*$/;
  if (plain.test(name) && !reserved.has(name.toLowerCase())) return name;
  return dialect === 'postgresql' ? `"${name.replace(/"/g, '""')}"` : `\`${name.replace(/`/g, '``')}\``;
}

/** `schema.relation`, quoted as needed. */
export function quoteRelation(relation: { readonly schema: string; readonly name: string }, dialect: Dialect): string {
  return `${quoteName(relation.schema, dialect)}.${quoteName(relation.name, dialect)}`;
}
