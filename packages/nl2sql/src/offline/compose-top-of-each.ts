import { composeConditions } from './compose-conditions.js';
import { addGroup } from './group-keys.js';
import { listOutputs } from './list-outputs.js';
import { NotUnderstood } from './not-understood.js';
import { plural } from './planner.js';
import type { Plan } from './planner.js';
import { quotedName } from './quoted-name.js';
import { rankBy, rankHead } from './ranking.js';
import type { Reading } from './reading.js';
import type { Grouping, Request } from './request.js';
import type { Output, Statement } from './statement.js';
import type { Subject } from './subject.js';

/** Whether the question wants the best rows of every group: "the longest book in each genre". */
export function asksTopOfEach(request: Request, subject: Subject): boolean {
  const ranked = request.heads.filter(({ superlative }) => superlative !== null && !superlative.open).length + request.conditions.filter((condition) => condition.kind === 'phrase' && condition.phrase.superlative !== null).length;
  return subject.measures.length === 0 && subject.whole && ranked === 1 && request.groups.length > 0 && request.order === null;
}

/** The first rows of every group by a column or a figure; rows that share a place are all shown. */
export function composeTopOfEach(plan: Plan, request: Request, subject: Subject, groups: readonly Grouping[], reading: Reading): Statement {
  if (plan.scope.root !== plan.base) throw new NotUnderstood(`One of the ${plural(plan.base)} may belong to several groups.`);
  const head = request.heads.find(({ superlative }) => superlative !== null);
  const condition = request.conditions.find((item) => item.kind === 'phrase' && item.phrase.superlative !== null);
  const phrase = head ?? (condition?.kind === 'phrase' ? condition.phrase : undefined);
  const superlative = phrase?.superlative ?? null;
  if (phrase === undefined || superlative === null) throw new NotUnderstood('I cannot tell what the question ranks.');
  const ranked = head === undefined ? rankBy(plan, phrase, superlative, reading) : rankHead(plan, phrase, superlative, reading);
  if (ranked.output === null) throw new NotUnderstood(`I cannot tell what "${superlative.word}" goes by.`);
  const shown = composeConditions(plan, request.conditions.filter((item) => item !== condition), reading, () => false);
  const keys: Output[] = [];
  const partition: string[] = [];
  const described: string[] = [];
  for (const group of groups) addGroup(plan, group, reading, keys, partition, described);
  plan.scope.where.push(`${ranked.output.sql} IS NOT NULL`);
  const outputs = distinctlyNamed([...keys, ...listOutputs(plan, subject, shown, [], reading), ranked.output]);
  const place = plan.names.alias('place');
  const inner = [
    `SELECT ${outputs.map(({ sql, name }) => `${sql} AS ${quotedName(name)}`).join(', ')},`,
    `  rank() OVER (PARTITION BY ${partition.join(', ')} ORDER BY ${ranked.order}) AS ${place}`,
    plan.fromClause(),
    plan.whereClause(),
  ].join('\n').replaceAll('\n', '\n  ');
  const columns = outputs.map(({ name }) => quotedName(name));
  const sql = `SELECT ${columns.join(', ')}\nFROM (\n  ${inner}\n) AS ranked\nWHERE ${place} <= ${superlative.count}\nORDER BY ${[...columns.slice(0, keys.length), place].join(', ')}`;
  const where = plan.described.length === 0 ? '' : `, where ${plan.described.join(' and ')}`;
  const first = superlative.count === 1 ? 'The one' : `The ${superlative.count}`;
  return { sql, parameters: plan.names.parameters, explanation: `${first} of the ${plural(plan.base)} with the ${superlative.direction === 'desc' ? 'highest' : 'lowest'} ${ranked.output.name.replaceAll('_', ' ')} for each ${described.join(' and ')}${where}.`, relations: [plan.base], cost: plan.cost };
}

function distinctlyNamed(outputs: readonly Output[]): readonly Output[] {
  const kept: Output[] = [];
  for (const output of outputs) {
    if (kept.some(({ sql }) => sql === output.sql)) continue;
    let { name } = output;
    for (let number = 2; kept.some((other) => other.name === name); number += 1) name = `${output.name}_${number}`;
    kept.push({ sql: output.sql, name });
  }
  return kept;
}
