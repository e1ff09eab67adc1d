import { composeConditions } from './compose-conditions.js';
import { addGroup } from './group-keys.js';
import { listOutputs } from './list-outputs.js';
import { plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import type { Plan } from './planner.js';
import { placeInWords, rankedRows } from './ranked-rows.js';
import { rankBy, rankHead } from './ranking.js';
import type { Reading } from './reading.js';
import type { Grouping, Request } from './request.js';
import type { Output, Statement } from './statement.js';
import type { Subject } from './subject.js';

/** Whether the question wants the best rows of every group: "the longest book in each genre", "the top 3 books of each author by pages". */
export function asksTopOfEach(request: Request, subject: Subject): boolean {
  const open = request.heads.some(({ superlative }) => superlative?.open === true);
  const ranked = request.heads.filter(({ superlative }) => superlative !== null).length + request.conditions.filter((condition) => condition.kind === 'phrase' && condition.phrase.superlative !== null).length;
  // "the 3 students of each major with the highest grade": one says how many, the other by what.
  const counted = open && ranked === 2 && request.order === null && request.heads.length === 1;
  return subject.measures.length === 0 && subject.whole && request.groups.length > 0 && (counted || (ranked === 1 && (open ? (request.order?.phrase ?? null) !== null : request.order === null)));
}

/** The first rows of every group by a column or a figure; rows that share a place are all shown. */
export function composeTopOfEach(plan: Plan, request: Request, subject: Subject, groups: readonly Grouping[], reading: Reading): Statement {
  if (plan.scope.root !== plan.base) throw new NotUnderstood(`One of the ${plural(plan.base)} may belong to several groups.`);
  const head = request.heads.find(({ superlative }) => superlative !== null);
  const condition = request.conditions.find((item) => item.kind === 'phrase' && item.phrase.superlative !== null);
  const open = head?.superlative?.open === true ? head.superlative : null;
  const by = condition?.kind === 'phrase' ? condition.phrase : open === null ? head : (request.order?.phrase ?? undefined);
  const own = by?.superlative ?? open;
  if (by === undefined || own === null) throw new NotUnderstood('I cannot tell what the question ranks.');
  if (open !== null && by.superlative !== null && by.superlative.count !== 1) throw new NotUnderstood('The question ranks by more than one thing.');
  const superlative = open === null ? own : { ...open, direction: by.superlative?.direction ?? request.order?.direction ?? open.direction, hints: by.superlative?.hints ?? null };
  const ranked = by === head ? rankHead(plan, by, superlative, reading) : rankBy(plan, by, superlative, reading);
  if (ranked.output === null) throw new NotUnderstood(`I cannot tell what "${superlative.word}" goes by.`);
  const shown = composeConditions(plan, request.conditions.filter((item) => item !== condition), reading, () => false);
  const keys: Output[] = [];
  const partition: string[] = [];
  const described: string[] = [];
  for (const group of groups) addGroup(plan, group, reading, keys, partition, described);
  plan.scope.require(`${ranked.output.sql} IS NOT NULL`);
  const outputs = [...keys, ...listOutputs(plan, subject, shown, [], reading), ranked.output];
  const sql = rankedRows(plan, { outputs, order: ranked.order, partition, keys: keys.length, tail: '', distinct: false }, superlative);
  const where = plan.described.length === 0 ? '' : `, where ${plan.described.join(' and ')}`;
  return { sql, parameters: plan.names.parameters, explanation: `${placeInWords(superlative)} of the ${plural(plan.base)} with the ${superlative.direction === 'desc' ? 'highest' : 'lowest'} ${ranked.output.name.replaceAll('_', ' ')} for each ${described.join(' and ')}${where}.`, relations: [plan.base], cost: plan.cost };
}
