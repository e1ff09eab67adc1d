import { columnInWords } from './names-in-words.js';
import type { Plan } from './planner.js';
import type { Place } from './planner.js';
import type { Column } from './schema-graph.js';

/** Keeps the rows in which something has happened, or has not: a date that is filled in, or empty. */
export function presenceCondition(plan: Plan, place: Place, column: Column, present: boolean): void {
  place.scope.where.push(`${plan.ref(place, column)} IS ${present ? 'NOT ' : ''}NULL`);
  plan.described.push(`${columnInWords(column)} is ${present ? 'filled in' : 'empty'}`);
}
