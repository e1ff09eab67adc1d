import type { Relation, SchemaArtifact } from '../artifact/schema-artifact.js';
import { enumLabels } from '../artifact/enum-labels.js';
import { untrustedLine } from './fence.js';
import type { SchemaRendering } from './m-schema.js';
import { quoteName, quoteRelation } from './quote-name.js';

const mostLabels = 40;

/**
 * Renders an artifact as CREATE TABLE statements with comments, for models trained on DDL. Views are shown as tables and
 * marked. Untrusted text stands behind `--` on its own line's end and can not start a line.
 */
export function renderDdl(artifact: SchemaArtifact, rendering: SchemaRendering = {}): string {
  return artifact.relations.map((relation) => renderTable(relation, artifact, rendering)).join('\n\n');
}

function renderTable(relation: Relation, artifact: SchemaArtifact, rendering: SchemaRendering): string {
  const { sampleValues = 3, commentLength = 200 } = rendering;
  const { dialect } = artifact;
  const names = (columns: readonly string[]) => columns.map((column) => quoteName(column, dialect)).join(', ');
  const columns = relation.columns.map((column) => {
    const labels = enumLabels(column, relation, artifact);
    const notes = [
      ...(column.comment === null ? [] : [untrustedLine(column.comment, commentLength)]),
      // MySQL's labels stand in the type itself.
      ...(labels === undefined || dialect === 'mysql' ? [] : [`one of ${labels.slice(0, mostLabels).map((label) => untrustedLine(label, 60)).join(', ')}`]),
      ...(labels !== undefined || column.sampleValues.length === 0 || sampleValues === 0 ? [] : [`e.g. ${column.sampleValues.slice(0, sampleValues).map((value) => untrustedLine(value, 60)).join(', ')}`]),
      ...(column.personal ? ['personal data'] : []),
    ];
    return { code: `${quoteName(column.name, dialect)} ${typeText(column.type, labels, dialect)}${column.nullable ? '' : ' NOT NULL'}`, note: notes.join('; ') };
  });
  const constraints = [
    ...(relation.primaryKey.length === 0 ? [] : [`PRIMARY KEY (${names(relation.primaryKey)})`]),
    ...relation.uniqueKeys.map((key) => `UNIQUE (${names(key)})`),
    ...artifact.foreignKeys
      .filter(({ from }) => from.schema === relation.schema && from.relation === relation.name)
      .map(({ from, to }) => `FOREIGN KEY (${names(from.columns)}) REFERENCES ${quoteRelation({ schema: to.schema, name: to.relation }, dialect)} (${names(to.columns)})`),
  ].map((code) => ({ code, note: '' }));
  const items = [...columns, ...constraints];
  const lines = items.map(({ code, note }, index) => `  ${code}${index === items.length - 1 ? '' : ','}${note === '' ? '' : ` -- ${note}`}`);
  const kind = relation.kind === 'table' ? '' : ` (${relation.kind.replace('-', ' ')})`;
  const head = relation.comment === null && kind === '' ? [] : [`-- ${quoteRelation(relation, dialect)}${kind}${relation.comment === null ? '' : `: ${untrustedLine(relation.comment, commentLength)}`}`];
  return [...head, `CREATE TABLE ${quoteRelation(relation, dialect)} (`, ...lines, ');'].join('\n');
}

/** MySQL writes an enum's labels where it is used. */
function typeText(type: string, labels: readonly string[] | undefined, dialect: SchemaArtifact['dialect']): string {
  if (dialect !== 'mysql' || labels === undefined) return untrustedLine(type, 80);
  return `${type}(${labels.slice(0, mostLabels).map((label) => `'${untrustedLine(label, 60).replaceAll("'", "''")}'`).join(', ')})`;
}
