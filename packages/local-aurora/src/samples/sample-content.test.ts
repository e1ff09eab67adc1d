import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sampleAnchor, sampleContentVersion } from './sample-anchor.js';
import { sampleContent } from './sample-content.js';
import { sampleNames, sampleSchemas } from './sample-name.js';

/** Change a digest only together with sampleContentVersion: kept databases of older content are found by that number. */
const digests = { version: 1, university: 'f54f9b88174c67ac', sales: '2fac0bf54630cebc' };

describe.each(sampleNames)('%s', (sample) => {
  test('has the content that its version number stands for', () => {
    expect(sampleContentVersion).toBe(digests.version);
    expect(createHash('sha256').update(JSON.stringify(sampleContent(sample, sampleAnchor))).digest('hex').slice(0, 16)).toBe(digests[sample]);
  });

  test.each(['2025-01-01', '2024-02-29', '2031-07-15', '2026-09-01', '1990-12-31'])('lies wholly before %s when that is its anchor', (anchor) => {
    const { tables } = sampleContent(sample, anchor);
    const dates = tables.flatMap(({ rows }) => rows.flat().filter((value): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)));
    expect(dates.length).toBeGreaterThan(1_000);
    expect(dates.filter((date) => date >= anchor)).toEqual([]);
  });

  test('describes every schema, table and column, and each row fits its table', () => {
    const { schemas, tables } = sampleContent(sample, sampleAnchor);
    expect(schemas.map(({ name }) => name).sort()).toEqual([...sampleSchemas[sample]].sort());
    for (const comment of [...schemas, ...tables, ...tables.flatMap(({ columns }) => columns)].map(({ comment }) => comment)) expect(comment).toMatch(/^[A-Z].*\.$/);
    for (const { name, columns, rows } of tables) {
      const width = columns.filter(({ generated }) => !generated).length;
      expect(rows.filter((row) => row.length !== width), name).toEqual([]);
    }
  });
});

test('the university is large enough to ask about', () => {
  const sizes = Object.fromEntries(sampleContent('university', sampleAnchor).tables.map(({ name, rows }) => [name, rows.length]));
  expect(Object.keys(sizes)).toHaveLength(9);
  expect(sizes['students']).toBeGreaterThanOrEqual(500);
  expect(sizes['courses']).toBeGreaterThanOrEqual(60);
  expect(sizes['enrollments']).toBeGreaterThanOrEqual(3_000);
});

test('the shop sold about 50,000 items in three years', () => {
  const { tables } = sampleContent('sales', sampleAnchor);
  expect(tables.map(({ name }) => name)).toEqual(['customers', 'products', 'orders', 'order_items', 'returns']);
  const items = tables.find(({ name }) => name === 'order_items')?.rows.length ?? 0;
  expect(Math.abs(items - 50_000)).toBeLessThan(5_000);
});

describe('what the university keeps no record of', () => {
  /** Tables that foreign keys connect, in any direction and over any number of steps. */
  const reachable = (start: string) => {
    const { tables } = sampleContent('university', sampleAnchor);
    const edges = tables.flatMap(({ name, constraints }) => constraints.map((constraint) => /REFERENCES \w+\.(\w+)/.exec(constraint)?.[1]).filter((target) => target !== undefined).map((target) => [name, target] as const));
    const found = new Set([start]);
    for (let size = 0; size !== found.size; ) {
      size = found.size;
      for (const [a, b] of edges) if (found.has(a) || found.has(b)) found.add(a).add(b);
    }
    return found;
  };

  test('no way leads from employees to departments, so professors by department have no answer', () => {
    expect(reachable('employees')).toEqual(new Set(['employees', 'projects', 'project_members', 'publications']));
  });

  test('nor from projects to buildings', () => {
    expect(reachable('projects')).not.toContain('buildings');
    expect(reachable('buildings')).toEqual(new Set(['buildings', 'courses', 'departments', 'enrollments', 'students']));
  });
});
