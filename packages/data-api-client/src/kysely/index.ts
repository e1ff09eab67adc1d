export { DataApiDialect, type DataApiDialectOptions } from './data-api-dialect.js';
