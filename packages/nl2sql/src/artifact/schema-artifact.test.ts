import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { Nl2SqlError } from '../nl2sql-error.js';
import { overlayJsonSchema } from '../overlay/overlay-json-schema.js';
import { artifactHash } from './artifact-hash.js';
import { artifactJsonSchema } from './artifact-json-schema.js';
import { createArtifact } from './create-artifact.js';
import { parseArtifact } from './parse-artifact.js';
import type { SchemaArtifactInput } from './schema-artifact.js';

const input: SchemaArtifactInput = {
  dialect: 'postgresql',
  serverVersion: '17.2',
  database: 'films',
  relations: [
    { schema: 'public', name: 'film', kind: 'table', comment: null, primaryKey: ['id'], rowEstimate: 10, columns: [{ name: 'id', type: 'integer', nullable: false, comment: null }] },
    { schema: 'public', name: 'copy', kind: 'table', comment: 'One disc', columns: [{ name: 'film_id', type: 'integer', nullable: false, comment: null }] },
  ],
  foreignKeys: [{ name: 'copy_film', from: { schema: 'public', relation: 'copy', columns: ['film_id'] }, to: { schema: 'public', relation: 'film', columns: ['id'] }, inferred: false }],
};
const artifact = createArtifact(input);
const published = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../schema/${name}.schema.json`, import.meta.url), 'utf8'));

describe('the published JSON Schemas', () => {
  it('are those the zod schemas generate', () => {
    expect(published('schema-artifact')).toEqual(JSON.parse(JSON.stringify(artifactJsonSchema())));
    expect(published('overlay')).toEqual(JSON.parse(JSON.stringify(overlayJsonSchema())));
  });

  it('accept and refuse the same documents as zod', () => {
    const validate = new Ajv2020({ strict: false }).compile(published('schema-artifact') as object);
    expect(validate(artifact)).toBe(true);
    expect(validate({ ...artifact, formatVersion: 2 })).toBe(false);
    expect(validate({ ...artifact, relations: [{ ...artifact.relations[0], kind: 'index' }] })).toBe(false);
    expect(validate({ ...artifact, hash: 'md5:1' })).toBe(false);
  });
});

describe('parseArtifact', () => {
  it('reads what was written', () => {
    expect(parseArtifact(JSON.parse(JSON.stringify(artifact)))).toEqual(artifact);
  });

  it.each([
    ['another format version', { ...artifact, formatVersion: 2 }, /formatVersion is 2; this release reads 1/],
    ['not an object', 'text', /document: /],
    ['a wrong kind', { ...artifact, relations: [{ ...artifact.relations[0], kind: 'index' }] }, /relations\.0\.kind/],
    ['a key to a relation that is missing', { ...artifact, relations: artifact.relations.slice(1) }, /copy_film names relation public\.film/],
    ['a primary key of a missing column', { ...artifact, relations: [{ ...artifact.relations[0], primaryKey: ['nope'] }, artifact.relations[1]] }, /public\.film\.nope/],
    ['a relation that stands twice', { ...artifact, relations: [...artifact.relations, artifact.relations[0]] }, /public\.film is listed twice/],
    ['an edit by hand', { ...artifact, relations: artifact.relations.map((relation) => ({ ...relation, comment: 'edited' })) }, /into an overlay/],
  ])('says what is wrong with %s', (_case, document, message) => {
    const read = (): unknown => parseArtifact(document);
    expect(read).toThrow(message);
    expect(read).toThrow(Nl2SqlError);
  });

  it('shows five faults and counts the rest', () => {
    const relations = Array.from({ length: 8 }, (_, index) => ({ schema: 'public', name: `t${index}`, kind: 'index' }));
    expect(() => parseArtifact({ ...artifact, relations })).toThrow(/and \d+ more\./);
  });
});

describe('artifactHash', () => {
  it('does not move with row estimates, server version, database name or order of relations', () => {
    const other = { ...artifact, serverVersion: '18.0', database: 'other', relations: artifact.relations.map((relation) => ({ ...relation, rowEstimate: 99 })).reverse() };
    expect(artifactHash(other)).toBe(artifact.hash);
  });

  it('moves with a comment, a column and the order of columns', () => {
    const [film, copy] = artifact.relations;
    const extra = { ...film!.columns[0]!, name: 'title' };
    const wider = { ...artifact, relations: [{ ...film!, columns: [...film!.columns, extra] }, copy!] };
    const swapped = { ...artifact, relations: [{ ...film!, columns: [extra, ...film!.columns] }, copy!] };
    const commented = { ...artifact, relations: [{ ...film!, comment: 'x' }, copy!] };
    expect(new Set([artifact, wider, swapped, commented].map(artifactHash)).size).toBe(4);
  });
});
