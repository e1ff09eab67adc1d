export { DataApiDialect, type DataApiDialectOptions } from './data-api-dialect.js';
export { streamByKey, type StreamByKeyOptions } from './stream-by-key.js';
