import { describe, expect, it } from 'vitest';
import { createArtifact } from './create-artifact.js';
import { diffArtifacts } from './diff-artifacts.js';
import type { SchemaArtifactInput } from './schema-artifact.js';

const column = (name: string, more: object = {}) => ({ name, type: 'text', nullable: true, comment: null, ...more });
const table = (name: string, columns: readonly ReturnType<typeof column>[], more: object = {}) => ({ schema: 's', name, kind: 'table' as const, comment: null, columns, ...more });
const make = (input: Partial<SchemaArtifactInput>) => createArtifact({ dialect: 'postgresql', serverVersion: null, database: null, relations: [], ...input });

describe('diffArtifacts', () => {
  it('finds nothing between an artifact and itself with new row estimates and passing sample values', () => {
    const before = make({ relations: [table('a', [column('x', { sampleValues: ['1'] })], { rowEstimate: 1 })] });
    const after = make({ serverVersion: '18.1', relations: [table('a', [column('x', { sampleValues: ['2'] })], { rowEstimate: 2 })] });
    expect(diffArtifacts(before, after)).toEqual([]);
    expect(after.hash).toBe(before.hash);
  });

  it('names what was added, removed and changed, with the members that differ', () => {
    const before = make({ relations: [table('a', [column('x'), column('y')]), table('gone', [column('x')])] });
    const after = make({
      relations: [table('a', [column('x', { type: 'integer', comment: 'now a number' }), column('z')]), table('fresh', [column('x')])],
      foreignKeys: [{ name: null, from: { schema: 's', relation: 'a', columns: ['x'] }, to: { schema: 's', relation: 'fresh', columns: ['x'] }, inferred: true }],
    });
    expect(diffArtifacts(before, after)).toEqual([
      { change: 'changed', subject: 'relation', path: 's.a', members: ['columnOrder'] },
      { change: 'changed', subject: 'column', path: 's.a.x', members: ['type', 'comment'] },
      { change: 'added', subject: 'column', path: 's.a.z', members: [] },
      { change: 'added', subject: 'relation', path: 's.fresh', members: [] },
      { change: 'added', subject: 'column', path: 's.fresh.x', members: [] },
      { change: 'added', subject: 'foreign-key', path: 's.a(x) -> s.fresh(x)', members: [] },
      { change: 'removed', subject: 'column', path: 's.a.y', members: [] },
      { change: 'removed', subject: 'relation', path: 's.gone', members: [] },
      { change: 'removed', subject: 'column', path: 's.gone.x', members: [] },
    ]);
  });

  it('sees a new value in a complete list of values', () => {
    const before = make({ relations: [table('a', [column('x', { sampleValues: ['1'], sampleValuesComplete: true })])] });
    const after = make({ relations: [table('a', [column('x', { sampleValues: ['1', '2'], sampleValuesComplete: true })])] });
    expect(diffArtifacts(before, after)).toEqual([{ change: 'changed', subject: 'column', path: 's.a.x', members: ['sampleValues'] }]);
  });
});
