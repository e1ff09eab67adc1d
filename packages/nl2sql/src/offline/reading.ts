import type { Link, LinkKind } from './link.js';
import type { Condition, Mention, NounPhrase, Request } from './request.js';
import type { Edge, Node } from './schema-graph.js';

/** One choice of what every mention of a request stands for. */
export interface Reading {
  readonly cost: number;
  pick(mention: Mention): Link;
}

const mostReadings = 600;
const mostLinks = 16;

/** Readings of a request, cheapest choice of links first, at most 600. */
export function readings(request: Request): readonly Reading[] {
  const mentions = [...mentionsOf(request)].map(([mention, kinds]) => ({ mention, links: candidates(mention, kinds) }));
  let partial: { readonly cost: number; readonly links: readonly Link[] }[] = [{ cost: 0, links: [] }];
  for (const { links } of mentions) {
    partial = partial.flatMap(({ cost, links: chosen }) => links.map((link) => ({ cost: cost + link.cost, links: [...chosen, link] })));
    partial.sort((a, b) => a.cost - b.cost);
    partial = partial.slice(0, mostReadings);
  }
  return partial.map(({ cost, links }) => {
    const chosen = new Map(mentions.map(({ mention }, index) => [mention, links[index]]));
    return {
      cost,
      pick: (mention) => {
        // A mention with one meaning may have come in after the choice.
        const link = chosen.get(mention) ?? (mention.links.length === 1 ? mention.links[0] : undefined);
        if (link === undefined) throw new Error('a mention outside the request was asked for');
        return link;
      },
    };
  });
}

/** The relations and keys a reading names: joins through them are meant. */
export function namedBy(request: Request, reading: Reading): ReadonlySet<Node | Edge> {
  const named = new Set<Node | Edge>();
  for (const mention of mentionsOf(request).keys()) {
    const link = reading.pick(mention);
    if (link.kind === 'relation' || link.kind === 'label') named.add(link.node);
    else if (link.kind === 'role') named.add(link.edge);
    else if (link.kind === 'column') named.add(link.column.node);
    else if (link.kind === 'metric' || link.kind === 'filter') named.add(link.node);
  }
  return named;
}

function candidates(mention: Mention, kinds: readonly LinkKind[] | null): readonly Link[] {
  const fitting = kinds === null ? mention.links : mention.links.filter((link) => kinds.includes(link.kind));
  return [...(fitting.length > 0 ? fitting : mention.links)].sort((a, b) => a.cost - b.cost).slice(0, mostLinks);
}

function mentionsOf(request: Request): ReadonlyMap<Mention, readonly LinkKind[] | null> {
  const found = new Map<Mention, readonly LinkKind[] | null>();
  const phrase = (np: NounPhrase | null): void => {
    if (np === null) return;
    if (np.head !== null) found.set(np.head, null);
    for (const mention of np.before) found.set(mention, null);
    phrase(np.of);
  };
  const condition = (item: Condition): void => {
    if (item.kind === 'phrase' || item.kind === 'count') phrase(item.phrase);
    if (item.kind === 'phrase' && item.via !== null) found.set(item.via, null);
    if (item.kind === 'average' && item.attribute !== null) found.set(item.attribute, ['column', 'relation']);
    if (item.kind === 'match' && item.attribute !== null) found.set(item.attribute, ['column', 'label', 'relation']);
    if (item.kind === 'compare' && item.attribute !== null) found.set(item.attribute, ['column', 'metric', 'label', 'relation']);
    if (item.kind === 'time' && item.verb !== null) found.set(item.verb, null);
    if (item.kind === 'verb') found.set(item.verb, null);
  };
  request.heads.forEach(phrase);
  request.conditions.forEach(condition);
  for (const group of request.groups) {
    if (group.kind === 'phrase') phrase(group.phrase);
    else if (group.verb !== null) found.set(group.verb, null);
  }
  if (request.order !== null) phrase(request.order.phrase);
  return found;
}
