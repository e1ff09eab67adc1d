/** A verb that can ask for a change, and whether what follows it makes it one. `rest` is lower case, up to the sentence's end. */
export interface WriteVerb {
  readonly base: readonly string[];
  readonly changes: (rest: string) => boolean;
}

const determiner = /^(?:the|a|an|all|every|each|any|this|that|these|those|my|our|your|his|her|its|their|some|both|whole|everything|everyone|everybody|anything|it|them|him|another|one|quoted|#?\d)\b|^[#$€£]/;
const store = /\b(?:databases?|tables?|db|schemas?|permanently|records?|forever|for good|backend|production)\b/;

/** Nouns that make a compound with the verb's own noun: "delete requests per month", "update frequency", "drop rates". */
const following = 'by\\b|per\\b|of\\b|over\\b|in\\b|for\\b|and\\b|with\\b|since\\b|between\\b|during\\b|across\\b|vs\\b|versus\\b|grouped\\b|from\\b|last\\b|this\\b|each\\b|every\\b|trend';
/** Nouns of measuring make a compound anywhere; things that can be deleted themselves only where a breakdown follows. */
const compound = new RegExp(
  `^(?:(?:rates?|counts?|frequency|frequencies|statistics|stats|trends?|percentages?|percent|volumes?|sizes?|ratios?|latency|operations?|timestamps?|dates?|times?)(?=\\s*(?:$|[?.!,;:]|${following}))|` +
    `(?:requests?|events?|actions?|activity|activities|history|histories|logs?|flags?|markers?|statuses|reasons?|types?|fees?|polic(?:y|ies)|queues?|batch(?:es)?|statements?|calls?|attempts?|jobs?|cycles?|windows?|intervals?|errors?|notifications?|tickets?|forms?|permissions?|privileges?)(?=\\s*(?:[?,;]|${following})))`,
);

const presentation =
  '(?:chart|charts|graph|graphs|plot|plots|histogram|bar|pie|line chart|list|lists|report|reports|summary|summaries|breakdown|overview|comparison|ranking|rankings|visuali[sz]ation|dashboard|query|queries|sql|answer|response|results?|output|pivot|forecast|leaderboard|cross-?tab|matrix|timeline|distribution|buckets?|bins?|counts?|groups|groupings?|cohorts?|segments?|totals?|averages?|figures?|diagram|map|heat ?map|profile of|snapshot|table of|table showing|table with|table listing|table that|view of|view showing)';
const presented = new RegExp(`^(?:(?:the|a|an|my|your|this|that|me|us|new|simple|quick|short|full|complete|detailed|nice|some|one|\\w+ly|[\\w-]+)\\s+){0,6}?${presentation}\\b`);
const fromPresented = /\bfrom (?:the |your |this |that |these |my )?(?:\w+ )?(?:results?|results? set|output|answer|response|chart|graph|report|display|summary|query|legend|calculation|calculations|average|averages|total|totals|count|counts|ranking|list|analysis|selection|comparison|breakdown|numbers|figures)\b/;
const noise = /^(?:(?:the|any|all|all the|every|of the)\s+)*(?:duplicates?|nulls?|blanks?|outliers?|empty values|missing values|filters?|limit|trailing|leading|white ?space|spaces|decimals?|cents|sorting|grouping|headers?)\b/;

/** What only concerns how an answer is shown. */
const onlyShown = (rest: string): boolean => (noise.test(rest) && !store.test(rest)) || fromPresented.test(rest);

const viewSetting = /^(?:(?:the|my|your|this|that)\s+)?(?:(?:bar|line|pie)\s+)?(?:charts?(?: type)?|graph|plot|sort(?:ing)?(?: order)?|order (?:of|by|to (?:asc|desc))|group(?:ing|ed by| by)|(?:time|date) ?(?:range|window|period|frame)|timeframe|page size|axis|x-axis|y-axis|granularity|filters?|limit|row limit|number format|output|format|results?|answer|query|question|display|report|response|language|view)\b(?!\s+(?:of|for) (?:order|student|course|customer|product|account|employee|department|user|project|\w+ \d))/;
const permission = /\b(?:access|permissions?|privileges?|rights|role|roles|superuser|root|admin\w*|ownership|clearance)\b/;

/** Verbs that hardly mean anything but a change when somebody is told to do them. */
const plain: WriteVerb = {
  base: [
    'delete', 'remove', 'erase', 'insert', 'destroy', 'overwrite', 'purge', 'wipe', 'alter', 'modify', 'revoke', 'rename', 'truncate', 'deactivate', 'unenroll', 'unenrol', 'disenroll', 'unregister', 'deregister', 'reassign',
    'obliterate', 'nuke', 'eradicate', 'eliminate', 'expunge', 'uninstall', 'decrement', 'increment', 'upsert', 'backfill', 'amend', 'edit', 'append', 'prepend', 'discard', 'enable', 'disable', 'unset', 'nullify', 'annul', 'reindex',
    'anonymize', 'anonymise', 'redact', 'scrub', 'del', 'drop-table', 'deallocate', 'detach', 'unlink', 'undelete', 'rewrite', 'tamper', 'falsify', 'forge', 'corrupt', 'sabotage',
  ],
  changes: (rest) => !compound.test(rest) && !onlyShown(rest) && !viewSetting.test(rest) && !/^(?:sql|query|queries|egos?)\b/.test(rest),
};

/** Verbs about one thing at a time, mostly also nouns: a change when they have a certain object. */
const onObject: WriteVerb = {
  base: ['cancel', 'approve', 'reject', 'archive', 'unarchive', 'restore', 'reset', 'activate', 'reactivate', 'publish', 'unpublish', 'block', 'unblock', 'ban', 'unban', 'suspend', 'expel', 'fire', 'hire', 'rehire', 'promote', 'demote', 'enroll', 'enrol', 'assign', 'unassign', 'refund', 'ship', 'close', 'reopen', 'merge', 'reinstate', 'lock', 'unlock', 'freeze', 'unfreeze', 'void', 'settle', 'finalize', 'finalise', 'withdraw', 'disqualify', 'deny', 'dismiss', 'evict', 'terminate', 'kill', 'retire', 'undo', 'revert', 'rollback', 'commit', 'pay', 'charge', 'deposit', 'bill', 'debit', 'credit', 'duplicate', 'clone', 'subscribe', 'unsubscribe', 'reschedule', 'postpone', 'waive', 'confirm', 'correct', 'fix', 'rectify', 'book', 'reserve', 'register', 'enter', 'submit', 'schedule'],
  changes: (rest) => (determiner.test(rest) || /^[a-z]+'s\b.*\bto\b/.test(rest)) && !viewSetting.test(rest) && !/^(?:a|an|the) (?:\w+ )?(?:list|chart|graph|plot|report|query)\b/.test(rest) && !/^(?:all|the|each|every|any) (?:\w+ )?(?:rates?|scores?|dates?|counts?|totals?|prices?)\b/.test(rest),
};

/** Of those, the ones that are hardly ever nouns: also a change with a bare noun, "Cancel orders older than a year". */
const onBareObject: WriteVerb = {
  base: ['enroll', 'enrol', 'assign', 'expel', 'suspend', 'reinstate', 'disqualify', 'reactivate', 'activate', 'unpublish', 'unblock', 'unlock', 'demote', 'promote', 'approve', 'reject', 'cancel', 'evict', 'dismiss', 'reopen', 'unsubscribe', 'reschedule', 'unassign', 'refund', 'archive', 'restore', 'terminate', 'hire', 'fire', 'publish'],
  changes: (rest) => /^\w/.test(rest) && !compound.test(rest) && !/^(?:dates?|rates?|by|per|of|in|over|and|amounts?|incidents?|drills?|alarms?|stations?|departments?|sizes?|points?|exits?|safety|damage|hazards?|insurance|price|prices|volumes?|totals?|counts?)\b/.test(rest),
};

const others: readonly WriteVerb[] = [
  { base: ['record', 'post', 'log'], changes: (rest) => /^(?:a|an|the|this|that|new|another|these|my|our) (?!(?:low|high|number|count|highs|lows)\b)/.test(rest) && !/^(?:the|a) (?:\w+ )?(?:with|of|that)\b/.test(rest) },
  { base: ['kill', 'close', 'lock', 'unlock', 'ship', 'block', 'unblock', 'freeze', 'void', 'pay', 'reset', 'confirm', 'schedule', 'book'], changes: (rest) => /^\w+ #?\d+\s*[.!]?$/.test(rest) },
  { base: ['register', 'sign', 'enter'], changes: (rest) => /^[a-z]+(?: [a-z]+)? (?:for|in|into|up for) (?:course|class|section|program|the (?:course|class|program)|quoted)\b/.test(rest) },
  { base: ['apply', 'add', 'offer'], changes: (rest) => /^(?:a |an |the |another )?(?:[$€£]?\d+(?:\.\d+)? ?(?:%|percent|dollars?|euros?)? )?(?:discount|increase|raise|bonus|reduction|surcharge|markdown|markup)\b.*\b(?:to|on|for)\b/.test(rest) },
  { base: ['convert', 'dedupe', 'deduplicate', 'normalize', 'normalise', 'transform'], changes: (rest) => /\b(?:tables?|database|db|permanently)\s*[.!]?$/.test(rest) },
  { base: ['merge'], changes: (rest) => /^(?:the |all )?duplicates?\b.*\b(?:in|from|of)\b/.test(rest) },
  { base: ['make'], changes: (rest) => /^(?:a|an|another) new\b.*\b(?:called|named)\b/.test(rest) && !presented.test(rest) },
  { base: ['shutdown'], changes: (rest) => rest === '' || /^(?:the|now|this|all)\b/.test(rest) },
  {
    base: ['drop'],
    changes: (rest) => !compound.test(rest) && !onlyShown(rest) && !/^(?:off|offs|out|outs|in|ins|ship|locations?|points?|zones?|shipping|shipments?|tests?|by|of|from|per|since|between|down|boxes)\b/.test(rest) && !/^(?:the )?(?:lowest|highest|first|last|minimum|maximum|worst|best)\b.*\b(?:scores?|grades?|values?|marks?|readings?)\b/.test(rest),
  },
  { base: ['update'], changes: (rest) => !compound.test(rest) && !viewSetting.test(rest) && !/^(?:me|us|on|of|by|per|regarding|about|in|for|report|summary)\b/.test(rest) },
  { base: ['grant'], changes: (rest) => !/^(?:access|permission) (?:requests?|logs?|counts?)\b/.test(rest) && (permission.test(rest.slice(0, 80)) || /^(?:all|any|select|insert|update|delete|usage|execute|create|connect|read|write|full|public|me|us|him|her|them|it|everyone|every (?:user|one|body)|user|users)\b/.test(rest)) },
  { base: ['set'], changes: (rest) => !viewSetting.test(rest) && !onlyShown(rest) && (/^up (?:a|an|the|new)\b.*\b(?:user|account|table|database|role|index|trigger|record|login)s?\b/.test(rest) || (!/^(?:of|up|aside|out|theory|design|pieces?)\b/.test(rest) && /\S\s+(?:to|as|equal(?:s|ed)?(?: to)?|back|null|true|false|inactive|active|at \$?\d)\b|=|:/.test(rest))) },
  {
    base: ['change', 'switch'],
    changes: (rest) => !viewSetting.test(rest) && !compound.test(rest) && !/^(?:in|of|over|orders?|management|agents?|control|per|by|since|between|log)\b/.test(rest) && !/^from .{1,40} to .{1,40} (?:in|for|by|of)\b/.test(rest) && !/^(?:it |that |this )?to (?:a |an |the )?(?:\w+ )?(?:chart|graph|list|table|percentages?|month\w*|week\w*|dai?ly|day|year\w*|quarter\w*)\b/.test(rest) && (determiner.test(rest) || /\b(?:to|from|into)\b|=/.test(rest)),
  },
  { base: ['create'], changes: creates },
  { base: ['make', 'build', 'generate', 'produce', 'prepare'], changes: (rest) => isStored(rest) || /^(?:fake|dummy|synthetic|test) (?:data|rows|records|entries|users|customers|students)\b/.test(rest) || /^(?:it|them|him|her|all|every|each|the|quoted|user|student|employee|\w+(?: \w+)?)\b.*\b(?:inactive|active|null|zero|empty|disappear|vanish|(?:an? )?admin\w*|(?:a )?superuser|(?:the )?owner|(?:the )?(?:new )?(?:head|manager|chair|boss) of|go away)\s*[.!?]?/.test(rest) && !/\b(?:list|chart|table|report|graph) (?:of|with|showing)\b/.test(rest) },
  { base: ['make'], changes: (rest) => !presented.test(rest) && (/^(?:all|every|each|everyone)\b.*\b(?:equal(?: to)?|the same as|to be)\b/.test(rest) || /^(?:the )?[\w']+(?: [\w']+){0,3} [$€£]?\d[\d,.]*\s*%?\s*[.!]?$/.test(rest)) },
  {
    base: ['add'],
    changes: (rest) =>
      rest !== '' && !/\bto (?:the|your|this|that) (?:results?|output|answer|list|report|chart|query|summary|breakdown|response)\s*[.!?]?$/.test(rest) && !/^(?:up|together|on|ons|to cart|to basket|to bag|to wishlist)\b/.test(rest) && !/\btogether\b/.test(rest) &&
      !(new RegExp(`^(?:(?:a|an|the|another|one more|also|in)\\s+)*(?:[\\w-]+ ){0,3}(?:columns?|totals?|subtotals?|percentages?|percent|trend|trend ?line|sums?|averages?|sort|sorting|filters?|limit|grouping|rank|ranking|running total|legend|labels?|titles?|comparison|breakdown|chart|graph|count|counts|share|ratio|details?)\\b`).test(rest) && !/\b(?:tables?|database|schema|db|relation)\b/.test(rest)) &&
      !(/^(?:(?:the|all|all the|up the)\s+)?[\w ]+s of\b/.test(rest) && !/\b(?:to|into)\b/.test(rest)) && !/^(?:the|all|all the) [\w ]*(?:amounts|budgets|prices|salaries|totals|sales|hours|credits|costs|scores)\b(?!.*\b(?:to|into)\b)/.test(rest),
  },
  { base: ['replace', 'substitute'], changes: (rest) => !/^(?:the |all |any )?(?:nulls?|null values|blanks?|missing|empty|na|nan|ids? with (?:the )?names?|codes? with (?:the )?names?)\b/.test(rest) && /\b(?:with|by|in)\b/.test(rest) && !viewSetting.test(rest) },
  {
    base: ['give', 'award', 'offer'],
    changes: (rest) => {
      const rights = /^(?:\w+\s+){0,3}?(?:(?:full|write|admin\w*|root|super\w*|edit|delete|update|read-write|all|unrestricted|dba|owner|insert|elevated|more|the)\s+)*(?:access(?! (?:logs?|counts?|requests?|by|per|list|table|history|levels?|points?|codes?))|permissions?(?! (?:counts?|by|per|list|table|history|levels?))|privileges?(?! (?:by|per|counts?))|root|superuser|admin rights|rights to)\b/;
      if (/^(?:me|us)\b/.test(rest)) return /^(?:me|us) (?:(?:full|write|admin\w*|root|super\w*|edit|delete|update|read-write|all|unrestricted|dba|owner|insert|elevated|more)\s+)*(?:access(?! (?:logs?|counts?|requests?|by|per|list|history|levels?|points?|codes?))|permissions?(?! (?:counts?|by|per|list|history|levels?))|privileges?(?! (?:by|per|counts?))|root|superuser|admin rights|rights to|dba|a raise)\b/.test(rest);
      return (rights.test(rest) && /\b(?:to|on|over)\b|^(?:everyone|every|each|all|him|her|them|user|public|quoted)\b/.test(rest)) || /^(?:all|every|each|everyone|the|quoted|him|her|them|it|\w+(?: \w+){0,3})\s.*\b(?:a|an|another|\d+ ?%|\d+ percent)\b.*\b(?:raise|bonus|discount|promotion|pay rise|pay increase|increase|refund|credit)\b/.test(rest);
    },
  },
  { base: ['move', 'transfer', 'migrate', 'relocate', 'swap', 'shift'], changes: (rest) => !/^(?:on|forward|back to|averages?|students by|students per|in)\b/.test(rest) && !viewSetting.test(rest) && /\b(?:to|into|from|with|under)\b/.test(rest) && (determiner.test(rest) || /\b(?:to|into|with|under)\b/.test(rest)) && !compound.test(rest) },
  { base: ['mark'], changes: (rest) => /\bas\b|\b(?:inactive|active|deleted|completed?|paid|shipped|done|read|absent|present|graduated|closed)\b/.test(rest) && !/^(?:distribution|sheets?)\b/.test(rest) },
  { base: ['flag', 'tag', 'link', 'attach', 'connect'], changes: (rest) => /^(?:this|that|it|them|him|her|these|those|quoted|#?\d|\w+ #?\d)/.test(rest) && /\b(?:as|to|for|with)\b/.test(rest) },
  { base: ['increase', 'raise', 'decrease', 'reduce', 'lower', 'double', 'triple', 'halve', 'cut', 'bump', 'boost', 'adjust', 'multiply', 'slash', 'top'], changes: (rest) => !/^(?:in|of|than|majors?|bookings?)\b/.test(rest) && !viewSetting.test(rest) && (/\b(?:by|to)\s+[$€£]?\d|\bby (?:half|one|two|three|five|ten|twenty|a )|%|\bpercent\b/.test(rest) || /^(?:the|all|every|each|everyone|my|his|her|their|its|this|that|it|them|quoted)\b/.test(rest)) },
  { base: ['store', 'save', 'write', 'copy', 'import', 'load', 'upload', 'push', 'dump', 'sync'], changes: (rest) => /\b(?:in|into|to|as|onto|over|back)\b (?:(?:a|an|the|my|our|this|that|new|temp\w*|backup|quoted|another)\s+)*(?:[\w."]+\s+)?(?:tables?|database|db|file|disk|schema|view|bucket|s3|records?|system|production)\b/.test(rest) },
  { base: ['put', 'place'], changes: (rest) => /^(?:\w+ #?\d|quoted|him|her|it\b(?! in(?:to)? (?:a|the|order|desc|asc))|\w+ (?:in|into|on) (?:the |a )?(?:\w+ )?(?:table|database|department|course|db)\b)/.test(rest) && /\b(?:in|into|on|under)\b/.test(rest) && !presented.test(rest.replace(/^.*?\b(?:in|into)\b\s*/, '')) },
  { base: ['clear', 'empty', 'flush'], changes: (rest) => /^(?:the|all|out|every|my|this|that|table|database|cart|it|them|everything|quoted|\w+ table)\b/.test(rest) && !viewSetting.test(rest) && !noise.test(rest) },
  { base: ['take'], changes: (rest) => /^.{1,60}\b(?:off|out of) (?:the|his|her|their|our|all|every|this|that)\b/.test(rest) && !onlyShown(rest) && !/\bout of (?:the )?(?:total|account|consideration|results?|answer|output|chart|ranking)\b/.test(rest) },
  { base: ['strike', 'knock', 'scratch'], changes: (rest) => /^\S.*\b(?:from|off)\b (?:the|our|all|every|this|that|his|her)\b/.test(rest) && !compound.test(rest) },
  { base: ['put'], changes: (rest) => /^(?:up|down) (?:the|all|every|our)\b/.test(rest) },
  { base: ['turn'], changes: (rest) => /^(?:off|on) (?:the|all|every|this|that|user|account|logging|auditing|his|her)\b/.test(rest) },
  { base: ['give', 'award'], changes: (rest) => /^(?:student|everyone|everybody|all|every|each|him|her|them|quoted|[a-z]+)\b.{0,40}\b(?:an? [a-f][+-]?|a grade of|full marks|extra credit)(?= (?:in|for|on|to)\b|\s*[.!]?$)/.test(rest) && !/^(?:me|us)\b/.test(rest) },
  { base: ['let'], changes: (rest) => /^(?!me\b|us\b|[a-z]\b|it\b)\w+(?: \w+)? (?:read|write|access|see|edit|delete|update|use|modify|view)\b/.test(rest) },
  { base: ['open', 'save', 'store'], changes: (rest) => /^(?:a|an|another) (?:new|bank|savings)\b|^new (?:account|order|record|ticket)\b/.test(rest) },
  { base: ['swap', 'merge'], changes: (rest) => /^(?!axes|rows|columns)\w+ (?:and|with|into) \w+(?: in\b.*)?\s*[.!]?$/.test(rest) && !compound.test(rest) },
  { base: ['clean'], changes: (rest) => /^(?:up|out)\b.*\b(?:tables?|records?|old|database|rows?|entries|accounts?|data ?base)\b/.test(rest) },
  { base: ['get'], changes: (rest) => /^rid of\b/.test(rest) && !onlyShown(rest.replace(/^rid of /, '')) },
  { base: ['do'], changes: (rest) => /^away with\b/.test(rest) || orders(rest) },
  { base: ['zero', 'null', 'blank'], changes: (rest) => /^(?:out|the|all)\b/.test(rest) },
  { base: ['throw'], changes: (rest) => /^(?:away|out)\b|\b(?:away|out)\s*[.!?]?$/.test(rest) },
  { base: ['sign'], changes: (rest) => /^(?:up\b|\w+ up\b)/.test(rest) && !/^up (?:rates?|counts?|dates?|by|per|in)\b/.test(rest) },
  { base: ['shut', 'take', 'bring'], changes: (rest) => /^down\b|^the (?:database|server|db) (?:down|offline)\b/.test(rest) },
  { base: ['restart', 'stop', 'reboot', 'crash'], changes: (rest) => /^(?:the |this |your )?(?:database|server|db|cluster|instance)\b/.test(rest) },
  { base: ['execute', 'run', 'perform', 'issue', 'apply', 'carry', 'initiate', 'commence'], changes: orders },
  { base: ['vacuum'], changes: (rest) => /^(?:full\b|the\b|table\b|\w+\s*[.!]?$)/.test(rest) },
  { base: ['take'], changes: (rest) => /^(?:\w+ #?\d+|quoted|him|her|them) (?:off|out of) \w/.test(rest) && !onlyShown(rest) },
  { base: ['make'], changes: (rest) => /^(?:the )?(?:status|price|salary|grade|name|title|role|major|budget|balance|quantity|address|email)s? (?:of|for) (?:\S+ ){1,4}\S+[.!]?$/.test(rest) && !presented.test(rest) },
  { base: ['change', 'set', 'adjust'], changes: (rest) => /\bso that (?:they|it|all|every|each|nobody|no)\b/.test(rest) && !viewSetting.test(rest) && !presented.test(rest) },
  { base: ['turn', 'switch'], changes: (rest) => /^(?:the )?(?:\w+ )?(?:flag|setting|trigger|logging|auditing)\b.* (?:on|off)\b/.test(rest) },
  { base: ['swap', 'exchange'], changes: (rest) => /^the \w+ of \w+ #?\w+ and \w+ #?\w+/.test(rest) },
  { base: ['correct', 'fix', 'adjust'], changes: (rest) => /^the .*\b(?:of|for) \w+ (?:#?\d+|quoted) to\b/.test(rest) },
  { base: ['allow', 'permit', 'authorize', 'authorise'], changes: (rest) => /^(?!me\b|us\b)(?:\w+ ){1,4}?to (?:update|write|insert|delete|change|modify|drop|create|edit|alter|remove|add)\b/.test(rest) },
  { base: ['register'], changes: (rest) => /^\w+ (?:for|in|into|to) (?:the )?(?:course|class|module|event|lecture|seminar)\b|^(?:quoted|[a-z]+ [a-z]+) as (?:a|an|the|new)\b/.test(rest) },
  { base: ['hack', 'exploit'], changes: (rest) => /^(?:into|the|this|your)\b/.test(rest) },
];

/** Every verb of the screen. */
export const writeVerbs: readonly WriteVerb[] = [plain, onObject, onBareObject, ...others];

const stored = '(?:table|database|db|schema|index|view|user|role|login|account|trigger|function|procedure|sequence|record|row|entry|entries|column|extension|policy|tablespace|constraint|domain|partition|backup)s?';
const storedObject = new RegExp(`^(?:(?:a|an|the|new|another|temp|temporary|empty|backup|test|sample|dummy|additional|unique|materialized|sql|database|db|read-?only|admin|postgres\\w*|mysql|copy|or replace|\\d+|some)\\s+)*${stored}\\b`);
const shownTable = /^(?:(?:a|an|the|new|\w+)\s+){0,4}(?:table|view|column|row)s? (?:of|showing|with(?! (?:name|id|columns? \w+ (?:int|text|varchar)))|listing|that (?:shows?|lists?|has|contains?)|comparing|summari[sz]ing|containing|breaking|for each|per|by)\b/;

function isStored(rest: string): boolean {
  return storedObject.test(rest) && !shownTable.test(rest);
}

function creates(rest: string): boolean {
  if (compound.test(rest) || rest === '') return false;
  if (isStored(rest)) return true;
  if (presented.test(rest) || shownTable.test(rest)) return false;
  if (/^(?:a|an|the|new|another|\d+|some|one|two|three|five|ten|several|multiple|fake|test|dummy)\b/.test(rest)) return !new RegExp(`\\b${presentation}\\b`).test(rest.split(/\s+/).slice(0, 10).join(' '));
  return /\b(?:named|called|with (?:the )?name|titled)\b/.test(rest) || /^\w+ quoted/.test(rest);
}

/** "perform an update on ..", "run a delete": the verb is a noun here. */
function orders(rest: string): boolean {
  return /^(?:(?:out|a|an|the|this|that|some|following|any|mass|bulk|full|sql|raw|quick|hard|soft|cascading)\s+)*(?:delete|deletion|deletes|update|updates|insert|inserts|insertion|drop|truncate|truncation|alter|grant|revoke|write|removal|ddl|dml|purge|wipe|erasure|migration)s?\b(?!\s+(?:report|reports|statistics|stats|history|rates?|frequency|logs?|counts?|analysis|breakdown|query for))/.test(rest);
}
