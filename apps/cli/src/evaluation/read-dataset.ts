import { loadBirdCases, loadDefogCases, parseCases, type EvaluationCase } from '@ask-aurora/nl2sql';
import { basename, extname } from 'node:path';
import { readTextFile } from '../files/read-text-file.js';

/** How a dataset is written: our JSON Lines, a CSV of defog's sql-eval, or a questions file of BIRD. */
export const datasetFormats = ['jsonl', 'defog', 'defog-unanswerable', 'bird'] as const;
export type DatasetFormat = (typeof datasetFormats)[number];

/** @throws {CliError} `file-unreadable`; `Nl2SqlError` `dataset-invalid` with the line */
export async function readDataset(file: string, format: DatasetFormat): Promise<readonly EvaluationCase[]> {
  const text = await readTextFile(file);
  if (format === 'bird') return loadBirdCases(text);
  if (format === 'jsonl') return parseCases(text);
  return loadDefogCases(text, { idPrefix: basename(file, extname(file)), unanswerable: format === 'defog-unanswerable' });
}
