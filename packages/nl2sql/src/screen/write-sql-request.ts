const verb = '(?:delet(?:e|es|ing)|remov(?:e|es|ing)|insert(?:s|ing)?|updat(?:e|es|ing)|drop(?:s|ping)?|alter(?:s|ing)?|truncat(?:e|es|ing)|grant(?:s|ing)?|revok(?:e|es|ing)|modif(?:y|ies|ying)|eras(?:e|es|ing)|wip(?:e|es|ing)|purg(?:e|es|ing))';
const product = '(?:sql|query|queries|statements?|commands?|scripts?|code)';
const giving = '(?:write|give|generate|create|provide|show|produce|compose|build|make|return|draft|output|tell|need|want|run|execute)';

const written = new RegExp(`\\b${giving}\\b[^.?!;]{0,40}\\b${product}\\s+(?:(?:that|which|to|for|and|will|would|can|could|should)\\s+){1,3}${verb}\\b`);
const named = new RegExp(`\\b${giving}\\s+(?:me\\s+|us\\s+)?(?:(?:a|an|the|some|this|valid|postgres\\w*|mysql|sql)\\s+)*(?:delete|update|insert|drop|alter|truncate|grant|revoke|ddl|dml|merge|create table|drop table)(?:\\s+table|\\s+into|\\s+from)?\\s+(?:sql\\s+)?(?:${product})\\b`);
const seen = /\b(?:logs?|logged|executed|ran|run by|issued|history|last|yesterday|since|per|by (?:user|day|month|week|hour)|count of|number of)\b/;

/** Whether a sentence asks for the text of a writing statement: "write a query that deletes all students". */
export function asksForWriteSql(sentence: string): boolean {
  if (/^(?:which|who|when|how many|what (?:is|are|was|were) the (?:number|count))\b/.test(sentence)) return false;
  return written.test(sentence) || (named.test(sentence) && !seen.test(sentence));
}
