import type { CaseResult } from './case-result.js';
import { compareReports, type CasePair } from './compare-reports.js';
import type { EvaluationReport, EvaluationSummary } from './evaluation-report.js';

/**
 * Renders a run as one HTML page without scripts or outside resources; with a baseline, beside it, with every case that
 * changed. All text of cases is escaped.
 */
export function renderHtmlReport(report: EvaluationReport, baseline?: EvaluationReport): string {
  const comparison = baseline === undefined ? null : compareReports(baseline, report);
  const body = [
    `<h1>${escape(report.system)}</h1>`,
    `<p>${escape(report.startedAt)} to ${escape(report.finishedAt)}${baseline === undefined ? '' : `, compared with ${escape(baseline.system)} of ${escape(baseline.startedAt)}`}</p>`,
    summaryTable([['all', report.summary, baseline?.summary]]),
    ...(comparison === null
      ? []
      : [
          `<h2>What changed</h2><p>${comparison.shared} cases in both runs: ${comparison.fixed.length} fixed, ${comparison.broken.length} broken, ${comparison.moved.length} wrong in another way. Exact sign test: p = ${comparison.pValue.toPrecision(2)}.</p>`,
          pairs('Broken', comparison.broken),
          pairs('Fixed', comparison.fixed),
          pairs('Wrong in another way', comparison.moved),
        ]),
    groupTable('By tag', report.byTag, baseline?.byTag),
    groupTable('By database', report.byDatabase, baseline?.byDatabase),
    '<h2>Cases</h2>',
    ...report.results.map(caseDetails),
  ];
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escape(report.system)}</title><style>${style}</style></head><body>\n${body.join('\n')}\n</body></html>\n`;
}

const style =
  'body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color:#1c1c1c;background:#fff}table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #ccc;padding:.25rem .6rem;text-align:right}th:first-child,td:first-child{text-align:left}pre{white-space:pre-wrap;background:#f4f4f4;padding:.6rem}details{border-left:.3rem solid #b3261e;padding:.2rem .8rem;margin:.3rem 0}details.right{border-color:#2e7d32}details.none{border-color:#9e9e9e}.up{color:#2e7d32}.down{color:#b3261e}@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}pre{background:#262626}th,td{border-color:#444}}';

type Column = readonly [string, (summary: EvaluationSummary) => number | null, (value: number) => string, 'more' | 'less' | 'neither'];

const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
const whole = (value: number) => Math.round(value).toLocaleString('en-US');
const columns: readonly Column[] = [
  ['cases', ({ cases }) => cases, whole, 'neither'],
  ['correct', ({ correct }) => correct, percent, 'more'],
  ['by subset', ({ correctBySubset }) => correctBySubset, percent, 'more'],
  ['execution accuracy', ({ executionAccuracy }) => executionAccuracy, percent, 'more'],
  ['coverage', ({ coverage }) => coverage, percent, 'more'],
  ['precision when answered', ({ precisionWhenAnswered }) => precisionWhenAnswered, percent, 'more'],
  ['abstention recall', ({ abstentionRecall }) => abstentionRecall, percent, 'more'],
  ['refusal recall', ({ refusalRecall }) => refusalRecall, percent, 'more'],
  ['p50 ms', ({ latencyMs }) => latencyMs?.p50 ?? null, whole, 'less'],
  ['p95 ms', ({ latencyMs }) => latencyMs?.p95 ?? null, whole, 'less'],
  ['tokens', ({ tokens }) => tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite, whole, 'less'],
  ['cost', ({ cost }) => cost, (value) => value.toPrecision(3), 'less'],
];

function summaryTable(rows: readonly (readonly [string, EvaluationSummary, EvaluationSummary | undefined])[]): string {
  const head = `<tr><th></th>${columns.map(([name]) => `<th>${name}</th>`).join('')}</tr>`;
  return `<table>${head}${rows.map(([name, summary, before]) => `<tr><td>${escape(name)}</td>${columns.map((column) => cell(column, summary, before)).join('')}</tr>`).join('')}</table>`;
}

function cell([, pick, format, better]: Column, summary: EvaluationSummary, before: EvaluationSummary | undefined): string {
  const value = pick(summary);
  if (value === null) return '<td>-</td>';
  const old = before === undefined ? null : pick(before);
  if (old === null || old === value) return `<td>${format(value)}</td>`;
  const tone = better === 'neither' ? '' : (value > old) === (better === 'more') ? 'up' : 'down';
  return `<td>${format(value)} <span class="${tone}">(was ${format(old)})</span></td>`;
}

function groupTable(title: string, groups: Readonly<Record<string, EvaluationSummary>>, before: Readonly<Record<string, EvaluationSummary>> | undefined): string {
  const names = Object.keys(groups);
  return names.length === 0 ? '' : `<h2>${title}</h2>${summaryTable(names.flatMap((name) => { const group = groups[name]; return group === undefined ? [] : [[name, group, before?.[name]] as const]; }))}`;
}

function pairs(title: string, list: readonly CasePair[]): string {
  if (list.length === 0) return '';
  return `<h3>${title} (${list.length})</h3>${list.map(({ before, after }) => `<details class="${after.correct ? 'right' : ''}"><summary>${escape(after.id)}: ${escape(after.question)} <em>${before.outcome} → ${after.outcome}</em></summary><p>before</p><pre>${escape(before.sql ?? before.reason ?? '')}</pre><p>after</p><pre>${escape(after.sql ?? after.reason ?? '')}</pre><p>gold</p><pre>${escape(after.goldSql ?? '')}</pre></details>`).join('\n')}`;
}

function caseDetails(result: CaseResult): string {
  const tone = result.correct ? 'right' : result.outcome === 'abstained' || result.outcome === 'clarified' || result.outcome === 'gold-failed' ? 'none' : '';
  const parts = [
    ...(result.reason === null ? [] : [`<p>${escape(result.reason)}</p>`]),
    ...(result.sql === null ? [] : [`<pre>${escape(result.sql)}</pre>`]),
    ...(result.goldSql === null || result.correct ? [] : [`<p>gold</p><pre>${escape(result.goldSql)}</pre>`]),
    `<p>${Math.round(result.latencyMs)} ms, ${result.attempts} attempts${result.usage === null ? '' : `, ${whole(result.usage.inputTokens + result.usage.outputTokens)} tokens`}</p>`,
  ];
  return `<details class="${tone}"><summary>${escape(result.id)} <em>${result.outcome}</em>: ${escape(result.question)}</summary>${parts.join('')}</details>`;
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
}
