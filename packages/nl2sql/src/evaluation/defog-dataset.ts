import { Nl2SqlError } from '../nl2sql-error.js';
import { evaluationCaseSchema, type EvaluationCase } from './evaluation-case.js';
import { goldAlternatives } from './gold-alternatives.js';
import { parseCsv } from './parse-csv.js';

/**
 * Reads a CSV file of defog's sql-eval (`question, query, db_name, query_category`). Questions of an `idk` file expect an
 * abstention; their `query` is only the sentence a model should have said.
 *
 * @throws Nl2SqlError `dataset-invalid`
 */
export function loadDefogCases(csv: string, options: { readonly idPrefix: string; readonly unanswerable?: boolean }): readonly EvaluationCase[] {
  return parseCsv(csv).map((record, index) => {
    const { question, query, db_name: database, query_category: category } = record;
    if (question === undefined || query === undefined || database === undefined) throw new Nl2SqlError({ code: 'dataset-invalid', message: 'The CSV lacks one of the columns question, query, db_name.' });
    return evaluationCaseSchema.parse({
      id: `${options.idPrefix}-${index}`,
      question,
      database,
      expect: options.unanswerable === true ? { kind: 'abstain' } : { kind: 'rows', sql: goldAlternatives(query) },
      tags: category === undefined || category === '' ? [] : [category],
    });
  });
}
