import type { AnswerInput } from './answer-from-rows.js';
import { clauses, type Clause, type LabelGroup } from './clauses.js';
import { labelMentions } from './label-mentions.js';
import { ownersOf, pairedInOrder, type Owner } from './number-owners.js';
import { rowFacts, type RowFacts } from './row-facts.js';
import type { SaidNumber } from './said-numbers.js';

/** A number that a sentence should not say. */
export interface NumberFault {
  readonly text: string;
  /** The names of rows beside which it stands though it is not true of them; null when it is true of nothing at all. */
  readonly beside: string | null;
}

/**
 * The numbers of a sentence that the rows do not bear out. A number must be a value, part of a date or text, count of rows
 * or distinct values, sum, average, difference, multiple or share of a column, a bound that is true, a place in an order,
 * or stand in the question. And where it stands beside the name of a row, it must be true of that row: "Physics has 40"
 * is a fault when the 40 is Chemistry's. Where a clause can be read in several ways, one true reading is enough.
 */
export function checkNumbers(sentence: string, input: AnswerInput): readonly NumberFault[] {
  const mentions = labelMentions(sentence, input);
  const facts = rowFacts(input, sentence);
  const faults: NumberFault[] = [];
  let spoken: LabelGroup | null = null;
  for (const clause of clauses(sentence, mentions)) {
    const subject = /^\W*(?:and\s+)?(?:it|its|he|his|she|her)\b/i.test(clause.text) && spoken?.members.length === 1 ? spoken : null;
    faults.push(...faultsIn(clause, subject, facts));
    spoken = clause.groups.at(-1) ?? spoken;
  }
  return faults;
}

function faultsIn(clause: Clause, subject: LabelGroup | null, facts: RowFacts): readonly NumberFault[] {
  const isKnown = (number: SaidNumber) => facts.ofResult(number) || facts.ofAnyRow(number) || countsNames(number, clause);
  const figures = clause.numbers.filter((number) => number.role !== 'rank' || !facts.ofResult(number));
  const inOrder = pairedInOrder(clause, figures);
  if (inOrder !== null) {
    const wrong = inOrder.pairs.filter(({ number, rows }) => !facts.ofRows(number, rows));
    if (wrong.length === 0 || inOrder.only) return wrong.map(({ number, label }) => ({ text: number.text, beside: isKnown(number) ? label : null }));
  }
  return figures.flatMap((number): NumberFault[] => {
    const owners = ownersOf(number, clause, subject, figures);
    if (owners.some((owner) => isTrueOf(number, owner, clause, facts))) return [];
    if (!isKnown(number)) return [{ text: number.text, beside: null }];
    return owners.length === 0 ? [] : [{ text: number.text, beside: namesOf(owners[0]) }];
  });
}

/** Words by which a sentence compares: only then is a difference between rows what a number says of one. */
const comparing = /\b(?:more|less|fewer|higher|lower|larger|smaller|greater|longer|shorter|older|younger|than|ahead|behind|gap|differences?|differs?|by|margin|leads?|trails?|beats?|up|down|grew|grown|growth|rose|risen|rise|fell|fallen|drop(?:ped|s)?|gain(?:ed|s)?|lost|increas\w*|decreas\w*|declin\w*|chang\w*|compared|as (?:many|much|high|large|big)|half|double|twice)\b/i;

function isTrueOf(number: SaidNumber, owner: Owner, clause: Clause, facts: RowFacts): boolean {
  const [group] = owner.groups;
  if (group !== undefined && owner.groups.length === 1 && group.members.length > 1 && /\b(?:each|both|every)\b(?! (?:of|together))/i.test(clause.text)) return group.members.every(({ rows }) => facts.ofRows(number, rows));
  if (facts.ofRows(number, owner.rows)) return true;
  if (number.role !== 'bound' && (number.role === 'multiple' || comparing.test(clause.text)) && facts.between(number, owner.rows)) return true;
  return !owner.direct && (facts.ofResult(number) || countsNames(number, clause));
}

/** "2 departments, Chemistry and Physics, ..": a number may count the names beside it. */
function countsNames(number: SaidNumber, clause: Clause): boolean {
  return clause.groups.some((group) => group.members.length > 1 && group.members.length === number.value);
}

function namesOf(owner: Owner | undefined): string {
  return (owner?.groups ?? []).flatMap(({ members }) => members.map(({ text }) => text)).join(' and ');
}
