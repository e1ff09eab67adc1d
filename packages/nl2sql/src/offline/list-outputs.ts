import { plural } from './names-in-words.js';
import type { Shown } from './phrase-condition.js';
import { displayColumns } from './display-columns.js';
import { parentPlace } from './group-keys.js';
import { NotUnderstood } from './not-understood.js';
import type { Place , Plan} from './planner.js';
import { columnRef } from './query-builder.js';
import { quotedName } from './quoted-name.js';
import type { Reading } from './reading.js';
import type { Grouping } from './request.js';
import type { Column, Node } from './schema-graph.js';
import type { Output } from './statement.js';
import type { Subject } from './subject.js';

/** The columns that a list of rows shows: those asked for by name, or the relation's own. */
export function listOutputs(plan: Plan, subject: Subject, shown: readonly Shown[], listed: readonly Grouping[], reading: Reading): Output[] {
  const outputs: Output[] = [];
  const add = (sql: string, name: string): void => {
    if (outputs.some((output) => output.sql === sql)) return;
    let unique = name;
    for (let number = 2; outputs.some((output) => output.name === unique); number += 1) unique = `${name}_${number}`;
    outputs.push({ sql, name: unique });
  };
  const addLabel = (place: Place, inner: boolean): void => {
    if (place.node.label.length === 0) throw new NotUnderstood(`${plural(place.node)} have no name to show.`);
    for (const column of place.node.label) add(plan.ref(place, column, inner), place.node === plan.base ? column.column.name : outerName(place.node, column));
  };
  for (const group of listed) {
    if (group.kind === 'time' || group.phrase.head === null || group.phrase.before.length > 0 || group.phrase.of !== null) throw new NotUnderstood('I cannot tell how to sort the rows.');
    const link = reading.pick(group.phrase.head);
    if (link.kind === 'column') add(plan.ref(parentPlace(plan, link.column.node), link.column, false), link.column.node === plan.base ? link.column.column.name : outerName(link.column.node, link.column));
    else if (link.kind === 'relation' && link.node === plan.base && plan.base.label.length === 0) for (const column of plan.base.relation.primaryKey) add(`${quotedName(plan.scope.reach(plan.basePath, true))}.${quotedName(column)}`, column);
    else if (link.kind === 'relation' || link.kind === 'label') addLabel(parentPlace(plan, link.node), false);
    else throw new NotUnderstood(`I cannot sort by "${group.phrase.text}".`);
  }
  if (subject.whole) {
    const alias = plan.scope.reach(plan.basePath, true);
    for (const column of displayColumns(plan.base)) add(columnRef(alias, column), column.column.name);
    if (plan.base.label.length === 0) {
      for (const edge of plan.base.parents) {
        if (edge.parent.label.length > 0 && edge.role.length === 0) addLabel({ scope: plan.scope, path: [...plan.basePath, edge], node: edge.parent }, false);
      }
    }
  }
  for (const projection of subject.projections) {
    if (projection.kind === 'role') {
      const child = parentPlace(plan, projection.edge.child);
      addLabel({ scope: child.scope, path: [...child.path, projection.edge], node: projection.edge.parent }, false);
    } else if (projection.kind === 'label') addLabel(parentPlace(plan, projection.node), false);
    else add(plan.ref(parentPlace(plan, projection.column.node), projection.column, false), projection.column.column.name);
  }
  for (const { place, columns } of shown) for (const column of columns) add(plan.ref(place, column), place.node === plan.base ? column.column.name : outerName(place.node, column));
  if (outputs.length === 0) throw new NotUnderstood(`There is nothing to show of ${plural(plan.base)}.`);
  return outputs;
}

function outerName(node: Node, column: Column): string {
  return column.column.name === 'name' ? node.words.join('_') : column.column.name;
}
