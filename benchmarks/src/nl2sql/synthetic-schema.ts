import { createArtifact, type SchemaArtifact, type SchemaArtifactInput } from '@ask-aurora/nl2sql';

const subjects = 'customer order invoice payment shipment product warehouse supplier contract employee department project task ticket asset vehicle route driver policy claim patient visit doctor lab sample test result account ledger budget campaign lead opportunity quote subscription plan device sensor reading alert incident audit session event page article comment tag category region country city store branch shift schedule course student grade exam vendor batch recipe ingredient machine part defect return refund coupon gift loyalty survey answer'.split(' ');
const aspects = 'history detail summary archive status type note document log line item rate price stock forecast plan snapshot mapping target limit rule setting approval attachment address contact'.split(' ');
const fields = 'name title description status amount quantity price created_at updated_at due_date region currency owner_id external_ref comment priority weight score category code'.split(' ');

/** A large schema whose names overlap as those of real ones do: the same subjects over several business units. */
export function syntheticArtifact(tables: number): SchemaArtifact {
  let state = 42;
  const next = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % limit;
  };
  const relations = Array.from({ length: tables }, (_unused, index) => {
    const subject = subjects[index % subjects.length] ?? 'thing';
    const aspect = aspects[Math.floor(index / subjects.length) % aspects.length] ?? 'detail';
    const unit = Math.floor(index / (subjects.length * aspects.length));
    const name = `${subject}_${aspect}_${unit}`;
    const chosen = Array.from({ length: 8 }, () => fields[next(fields.length)] ?? 'name');
    const columns = [`${subject}_${aspect}_id`, `${subjects[next(subjects.length)] ?? 'x'}_id`, ...new Set(chosen)];
    return { schema: `unit_${unit}`, name, kind: 'table' as const, comment: `${aspect} of each ${subject} in business unit ${unit}`, primaryKey: [columns[0] ?? 'id'], columns: [...new Set(columns)].map((column) => ({ name: column, type: 'text', nullable: true, comment: `the ${column.replace(/_/g, ' ')}`, sampleValues: [`value ${next(500)}`, `sample ${next(500)}`] })) };
  });
  const foreignKeys = relations.flatMap((relation, index) => {
    const target = relations[next(Math.max(1, index))];
    const column = relation.columns[1];
    const key = target?.columns[0];
    return target === undefined || column === undefined || key === undefined || target === relation ? [] : [{ name: null, from: { schema: relation.schema, relation: relation.name, columns: [column.name] }, to: { schema: target.schema, relation: target.name, columns: [key.name] }, inferred: false }];
  });
  return createArtifact({ dialect: 'postgresql', serverVersion: null, database: 'synthetic', relations, foreignKeys } as SchemaArtifactInput);
}

/** Questions over such a schema, half of them with words that hundreds of tables share. */
export function syntheticQuestions(artifact: SchemaArtifact, count: number): readonly string[] {
  return Array.from({ length: count }, (_unused, index) => {
    const relation = artifact.relations[(index * 7_919) % artifact.relations.length];
    const words = (relation?.name ?? 'order detail').replace(/_/g, ' ');
    return index % 2 === 0 ? `What is the total amount and average price of each ${words} by region and status last quarter?` : `Show the name, description, status, category and due date of every ${words} whose priority is high, with its owner`;
  });
}
