import type { AstNode } from '../grammar/ast.js';

/** Whether two of sqlparser-rs's trees mean the same statement, wherever its parts stand. */
export const equalMysqlTrees = (one: AstNode, other: AstNode): boolean => JSON.stringify(one, withoutPlaces) === JSON.stringify(other, withoutPlaces);

const withoutPlaces = (field: string, value: unknown): unknown => (field === 'span' || field.endsWith('_token') ? undefined : value);
