import { NotUnderstood } from './not-understood.js';
import { columnInWords, plural } from './names-in-words.js';
import { Ambiguous } from './planner.js';
import { bare } from './attribute-conditions.js';
import type { Lexicon } from './lexicon.js';
import type { Link } from './link.js';
import type { Reading } from './reading.js';
import type { Mention, Request } from './request.js';
import type { Column, Node } from './schema-graph.js';
import { nodeOf } from './subject.js';
import type { Token } from './tokenise.js';

const phrases: readonly (readonly string[])[] = [['at', 'the', 'moment'], ['at', 'present'], ['as', 'of', 'now'], ['right', 'now'], ['currently'], ['presently'], ['now'], ['still']];
const endings = /^(end|ended|ending|finish|finished|discharged|discharge|left|leaving|leave|returned|return|closed|resigned|terminated|termination|stopped|until|retired|cancelled|canceled|completed|quit|exit|expired|checkout|departed|removed|released|vacated)$/;

/** Takes away the words that ask for what holds today: "currently", "right now", "current" before what is asked for. */
export function withoutNow(tokens: readonly Token[], lexicon: Lexicon): { readonly tokens: readonly Token[]; readonly now: boolean } {
  const dropped = new Set<number>();
  tokens.forEach((token, at) => {
    if (token.kind !== 'word' || lexicon.at(tokens, at).length > 0) return;
    const phrase = phrases.find((words) => words.every((word, offset) => tokens[at + offset]?.lower === word));
    phrase?.forEach((_word, offset) => dropped.add(at + offset));
    if (token.lower === 'current' && lexicon.at(tokens, at + 1).some(({ links }) => links.some(({ kind }) => kind === 'relation'))) dropped.add(at);
  });
  return { tokens: tokens.filter((_token, at) => !dropped.has(at)), now: dropped.size > 0 };
}

/**
 * "Patients currently admitted" are those whose admission has no end yet. A state such as "active" is one of today
 * anyway; where nothing says what has ended, there is no answer.
 */
export function holdingNow(request: Request, reading: Reading): Request {
  if (!request.now) return request;
  const links = mentionsOf(request).map((mention) => reading.pick(mention));
  if (links.some(isState)) return request;
  const nodes = [...new Set(links.map(nodeOf))];
  const ends = nodes.flatMap((node) => [...node.columns.values()].filter(isEnd));
  const [end, ...others] = ends;
  if (others.length > 0) throw new Ambiguous(`What tells that something is current: that its ${ends.map((column) => `${columnInWords(column)} (of ${plural(column.node)})`).join(', or its ')} is empty?`);
  if (end === undefined) {
    const state = nodes.flatMap(states)[0];
    if (state !== undefined) throw new NotUnderstood(`I cannot tell which ${plural(state.node)} count as current. Name a ${columnInWords(state)}: ${state.column.sampleValues.slice(0, 6).join(', ')}.`);
    throw new NotUnderstood(`Nothing about ${nodes.map(plural).join(' or ')} tells which are current. Ask without the word for all of them.`);
  }
  const open: Mention = { text: 'current', links: [{ kind: 'presence', column: end, present: false, cost: 0 }] };
  return { ...request, now: false, conditions: [...request.conditions, { kind: 'phrase', phrase: bare(open), negated: false, role: 'is', via: null, or: false }] };
}

function isState(link: Link): boolean {
  return link.kind === 'presence' || link.kind === 'filter' || (link.kind === 'value' && (typeof link.values[0] === 'boolean' || states(link.column.node).includes(link.column)));
}

function isEnd(column: Column): boolean {
  return (column.kind === 'date' || column.kind === 'timestamp') && column.column.nullable && column.words.some((word) => endings.test(word.replace(/(?<=..)(on|at|date)$/, '')) || endings.test(word));
}

function states(node: Node): readonly Column[] {
  return [...node.columns.values()].filter((column) => (column.kind === 'text' || column.kind === 'enum') && column.words.some((word) => word === 'status' || word === 'state') && column.column.sampleValues.length > 0);
}

function mentionsOf(request: Request): readonly Mention[] {
  const heads = request.heads.flatMap((head) => [...head.before, ...(head.head === null ? [] : [head.head])]);
  const said = request.conditions.flatMap((condition) => {
    if (condition.kind === 'phrase') return [...condition.phrase.before, ...(condition.phrase.head === null ? [] : [condition.phrase.head]), ...(condition.via === null ? [] : [condition.via])];
    return condition.kind === 'verb' ? [condition.verb] : [];
  });
  return [...heads, ...said];
}
