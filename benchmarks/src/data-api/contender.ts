import type { ResultShape } from './result-body.js';

/** One way to get the rows of a table. */
export interface Contender {
  readonly name: string;
  /** Runs `select * from <table>` and returns its rows. */
  run(shape: ResultShape): Promise<readonly unknown[]>;
}

export const resourceArn = 'arn:aws:rds:us-east-1:000000000000:cluster:benchmark';
export const secretArn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:benchmark';
export const database = 'benchmark';
export const region = 'us-east-1';
export const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
