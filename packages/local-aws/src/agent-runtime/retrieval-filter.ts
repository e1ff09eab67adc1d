import { z } from 'zod';
import type { KnowledgeBaseDocument } from './knowledge-base.js';

const attribute = z.looseObject({ key: z.string(), value: z.unknown() });
const comparisons = ['equals', 'notEquals', 'greaterThan', 'greaterThanOrEquals', 'lessThan', 'lessThanOrEquals', 'in', 'notIn', 'startsWith', 'listContains', 'stringContains'] as const;
type Comparison = (typeof comparisons)[number];
type Attribute = z.output<typeof attribute>;

/** A condition on a document's metadata, in the words of Bedrock's RetrievalFilter: one member, or several joined. */
export type RetrievalFilter = { readonly [Name in Comparison]?: Attribute | undefined } & { readonly andAll?: readonly RetrievalFilter[] | undefined; readonly orAll?: readonly RetrievalFilter[] | undefined };

/** See {@link RetrievalFilter}. */
export const retrievalFilterSchema: z.ZodType<RetrievalFilter> = z
  .strictObject({
    ...(Object.fromEntries(comparisons.map((name) => [name, attribute.optional()])) as Record<Comparison, z.ZodOptional<typeof attribute>>),
    get andAll(): z.ZodOptional<z.ZodArray<z.ZodType<RetrievalFilter>>> {
      return z.array(retrievalFilterSchema).min(2).optional();
    },
    get orAll(): z.ZodOptional<z.ZodArray<z.ZodType<RetrievalFilter>>> {
      return z.array(retrievalFilterSchema).min(2).optional();
    },
  })
  .refine((filter) => Object.values(filter).filter((member) => member !== undefined).length === 1, { message: 'a filter has to have exactly one member' });

type Metadata = NonNullable<KnowledgeBaseDocument['metadata']>[string] | undefined;

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const holds: Readonly<Record<Comparison, (metadata: Metadata, value: unknown) => boolean>> = {
  equals: (metadata, value) => metadata === value,
  notEquals: (metadata, value) => metadata !== value,
  greaterThan: (metadata, value) => isNumber(metadata) && isNumber(value) && metadata > value,
  greaterThanOrEquals: (metadata, value) => isNumber(metadata) && isNumber(value) && metadata >= value,
  lessThan: (metadata, value) => isNumber(metadata) && isNumber(value) && metadata < value,
  lessThanOrEquals: (metadata, value) => isNumber(metadata) && isNumber(value) && metadata <= value,
  in: (metadata, value) => isList(value) && value.includes(metadata),
  notIn: (metadata, value) => isList(value) && !value.includes(metadata),
  startsWith: (metadata, value) => typeof metadata === 'string' && typeof value === 'string' && metadata.startsWith(value),
  listContains: (metadata, value) => isList(metadata) && (metadata as readonly unknown[]).includes(value),
  stringContains: (metadata, value) => typeof value === 'string' && (typeof metadata === 'string' ? metadata.includes(value) : isList(metadata) && metadata.some((each) => typeof each === 'string' && each.includes(value))),
};

/** Whether a document's metadata is as the filter wants it. */
export function matchesFilter(document: KnowledgeBaseDocument, filter: RetrievalFilter): boolean {
  if (filter.andAll !== undefined) return filter.andAll.every((each) => matchesFilter(document, each));
  if (filter.orAll !== undefined) return filter.orAll.some((each) => matchesFilter(document, each));
  const name = comparisons.find((each) => filter[each] !== undefined);
  const wanted = name === undefined ? undefined : filter[name];
  if (name === undefined || wanted === undefined) return true;
  const metadata = document.metadata !== undefined && Object.hasOwn(document.metadata, wanted.key) ? document.metadata[wanted.key] : undefined;
  return holds[name](metadata, wanted.value);
}
