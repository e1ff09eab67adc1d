const participles =
  '(?:deleted|removed|erased|inserted|destroyed|overwritten|purged|wiped|altered|modified|revoked|renamed|truncated|deactivated|activated|updated|changed|dropped|created|added|granted|set to|set as|increased|decreased|raised|lowered|reduced|doubled|cancelled|canceled|archived|enrolled|unenrolled|assigned|reassigned|transferred|moved|marked|replaced|cleared|emptied|edited|corrected|fixed|merged|promoted|demoted|expelled|suspended|banned|fired|approved|reset|restored|eliminated|nulled|zeroed|inserted|registered|refunded)';
const gerunds =
  '(?:deleting|removing|erasing|inserting|destroying|overwriting|purging|wiping|altering|modifying|revoking|renaming|truncating|deactivating|updating|changing|dropping|adding|granting|setting|increasing|decreasing|raising|lowering|cancelling|canceling|archiving|enrolling|assigning|transferring|moving|marking|replacing|clearing|emptying|editing|correcting|getting rid of)';
const object = '(?:the|a|an|all|every|each|any|this|that|these|those|my|our|his|her|their|its|it|them|quoted|#?\\d|\\w+)';

const passive = new RegExp(`\\b(?:should|must|shall|need(?:s)? to|ha(?:s|ve) to|ought to|(?:is|are) to|want(?:s)? to)\\s+(?:be|get)\\s+(?:\\w+ly\\s+|all\\s+)?${participles}\\b`);
const relative = /\b(?:who|that|which|whose|where|whether|if|when|what|how many|reasons?|list of|those)\b/;
const wantedDone = new RegExp(`^(?:i|we)(?:'d| would)?\\s+(?:really\\s+)?(?:want|need|like|love|prefer|wish|expect)(?: to have| to see)?\\s+(?:the|all|every|each|this|that|these|those|my|our|his|her|their|it|them|everyone|\\w+)\\b.*\\s(?:(?:set|changed|raised|lowered|increased|reduced) to .*|${participles})(?:\\s+(?:to|from|by|now|immediately|permanently|right away|today|asap|please|with|into)\\b.*)?[.!]?$`);
const haveDone = new RegExp(`^have\\s+(?:the|all|every|each|this|that|these|those|my|our|his|her|their|it|them|quoted|\\w+ #?\\d+)\\b.*\\s(?:(?:set|changed|raised|lowered|increased|reduced) to .*|${participles}(?:,?\\s+(?:to|from|by|now|immediately|permanently|right away|with|into|please|today|asap)\\b.*)?[.!]?)$`);
// "Get the tickets assigned to Bo" looks for tickets; "get the old orders deleted" does not.
const getDone = new RegExp(`^get\\s+(?:the|all|every|each|this|that|these|those|my|our|his|her|their|it|them|quoted|\\w+ #?\\d+)\\b.*\\s${participles}(?:,?\\s+(?:now|immediately|permanently|right away|please|asap))*[.!]?$`);
const pastView = /\b(?:last|yesterday|ago|since|in (?:19|20)\d\d|during|between|before|after|recently|this (?:week|month|year|quarter)|were|was|been|got)\b/;
const needsDoing = new RegExp(`\\b(?:needs?|wants?|requires?)\\s+${gerunds}\\b`);

const politePast = new RegExp(`\\b(?:appreciate|appreciated|great|nice|good|helpful|grateful|thankful|kind|glad|happy)(?: it)? if (?:you|someone|we) (?:just |could have )?${participles}\\b`);

/** "Student 5 should be removed", "I want the budget set to 500". */
export function asksByPassive(body: string): boolean {
  const match = passive.exec(body) ?? needsDoing.exec(body);
  const told = /^(?:show|list|find|get|select|display|give|tell|count|fetch|return|how|number|identify|check|retrieve|print)\b/.test(body);
  if (match !== null && !told && !relative.test(body.slice(0, match.index))) return true;
  if (politePast.test(body)) return true;
  return (wantedDone.test(body) || haveDone.test(body) || getDone.test(body)) && !pastView.test(body) && !relative.test(body) && !/\b(?:list|number|count|names?|report|overview|log|history|chart|table) of\b/.test(body);
}

/** "Have order 12 deleted": begins like a question, and is none without its mark or a time. */
export function asksToHaveDone(body: string): boolean {
  return !body.includes('?') && haveDone.test(body) && !pastView.test(body);
}

const gerundRequest = new RegExp(`(?:^|\\b)(?:would you mind|do you mind|mind|how about|what about|start by|start|begin by|begin|consider|proceed with|proceed by|go on|i suggest|i propose|i recommend|try|please start)\\s+${gerunds}\\s+${object}`);

/** "Would you mind deleting the old orders?" */
export function asksByGerund(body: string, asking: boolean): boolean {
  const match = gerundRequest.exec(body);
  if (match === null) return false;
  return !asking || /^(?:would you mind|do you mind|how about|what about)\b/.test(body);
}

const nounRequest = /\b(?:perform|do|execute|carry out|initiate|request|want|need|require|demand|order|start|begin|proceed with|schedule)(?:ing|s)?\s+(?:the|a|an|any|immediate|complete|full|permanent|mass|bulk)?\s*(?:the |a |complete |full |immediate )?(?:deletion|removal|truncation|insertion|modification|erasure|purge|wipe|alteration|destruction|termination)\s+(?:of|on|for)\b/;

/** "I request the deletion of all records." */
export function asksByNoun(body: string): boolean {
  return nounRequest.test(body) && !/^(?:show|list|find|count|who|which|how)\b/.test(body);
}
