export { checkJsonLines, type CheckedLine } from './check-json-lines.js';
export { formatVerdict, formatViolation, type FormatOptions } from './format-verdict.js';
