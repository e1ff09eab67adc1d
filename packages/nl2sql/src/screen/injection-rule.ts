const rules = '(?:instructions?|prompts?|rules?|guidelines?|guard ?rails?|restrictions?|directives?|safety (?:measures?|checks?|rules?)|constraints|limitations|polic(?:y|ies) above|programming|training)';
const whose = '(?:(?:all|any|every|of|the|your|my|our|these|those|this|that|previous|prior|above|earlier|preceding|foregoing|former|existing|current|initial|original|system|given|safety|security|read-?only|developer|internal|hidden|own)\\s+)*';

/** Text that talks to the model about its own orders instead of asking about data. */
const patterns: readonly RegExp[] = [
  new RegExp(`(?<!\\b(?:who|which|that|students?|users?|patients?|customers?|people|drivers?|employees?|they|often|times?)\\s)\\b(?:ignore|disregard|forget|override|bypass|circumvent|skip|drop|neglect|violate|break|abandon|discard)\\s+(?:about\\s+)?${whose}${rules}\\b(?!\\s+(?:column|field|table|count|manual|per|by)\\b)`),
  new RegExp(`\\b(?:stop|don't|do not|never|quit|cease)\\s+(?:follow|obey|apply|heed|following|obeying|applying|adhering to|listening to)\\s+${whose}${rules}\\b`),
  /^\s*override\s*[:!]|\byou (?:must|have to|will|should|shall) (?:now )?(?:obey|comply with|ignore|disregard|bypass) (?:me|us|my|all|any|every|the|your)\b/,
  /\bpretend(?: that)? (?:there (?:are|is) no|you have no|you can|nothing is)\b/,
  /\b(?:ignore|disregard|forget)\s+(?:everything|anything|all)\s+(?:above|before|prior|previous(?:ly)?|earlier|that came|you (?:were|have been|know)|i said)\b/,
  /^(?:please )?forget what(?:ever)? (?:you|i|we|they)(?:'ve| have| had)? (?:were|was|been|are|said|told|learned|learnt|know)\b/,
  /\byou(?:'re| are) (?:an?|the|my) (?:dba|admin\w*|root|superuser|hacker|database administrator) now\b/,
  /\b(?:bypass|disable|turn off|switch off|deactivate|evade|get around|work around|remove)\s+(?:the|your|all|any|its)?\s*(?:sql\s+)?(?:guard\b|guard ?rails?|safety|security checks?|safeguards?|content filters?|safety filters?|screening|validation|read-?only mode|restrictions|input filter)/,
  /\byou are (?:now |no longer |from now on )(?:an?|the|in|bound|restricted|allowed|free|my|dan|root|admin|limited)\b/,
  /\bfrom now on,? (?:you(?:'re| are| will| must| can)|ignore|respond|act)\b/,
  /(?<!\b(?:who|which|that|users?|people|employees?|they) )\b(?:act|behave|respond|answer|operate) as (?:if you (?:were|are|had)|though you|an? (?:unrestricted|uncensored|different|evil|admin\w*|root|dba|database administrator|superuser|hacker|developer mode|linux|sql (?:terminal|console))|root\b|admin\b|superuser\b|dan\b)/,
  /^\s*(?:please )?(?:pretend|imagine|role-?play|simulate)\b(?: that)? (?:to be|you(?:'re| are| were| have| can)|being|as)\b/,
  /\b(?:developer|god|admin|sudo|maintenance|debug|jailbreak|dan|unrestricted|unsafe) mode\b(?=.{0,40}\b(?:enable|enabled|on|activate|activated|enter|now|switch)\b)|\b(?:enable|activate|enter|switch to|turn on|go into)\s+(?:the\s+)?(?:developer|god|admin|sudo|debug|jailbreak|dan|unrestricted|unsafe) mode\b/,
  /\b(?:reveal|print|repeat|show|output|display|tell me|give me|leak|dump|expose|share|write out|recite|what (?:is|are|were))\s+(?:me\s+)?(?:us\s+)?(?:all\s+(?:of\s+)?)?(?:your|the)\s+(?:\w+\s+)?(?:system|initial|hidden|original|internal|secret|developer|base)\s+(?:prompts?|instructions?|messages?|rules?)\b(?!\s+(?:table|column|log|logged|stored|used by|of the (?:users?|agents?|bots?)))/,
  /\b(?:reveal|print|repeat|show|output|recite|leak|what (?:is|are|were))\s+(?:me\s+)?your\s+(?:prompts?|instructions?|guidelines?)\b/,
  /\b(?:repeat|print|output)\s+(?:everything|all (?:the )?(?:text|words)|the (?:text|words)) (?:above|before this)\b/,
  /\b(?:new|updated|real|actual|override) (?:system )?(?:instructions?|orders|directives?)\s*(?::|are\b|follow)/,
  /\b(?:jailbreak|prompt injection)\b(?!s?\s+(?:attempts?|incidents?|reports?|cases?|events?|by|per|in|over))(?=.{0,30}\b(?:you|now|this|mode)\b)/,
  /<\s*\/?\s*(?:\|?\s*im_(?:start|end)|system|assistant|question|schema|examples|conversation|complaint|instructions?)\b[^>]{0,40}>|<\|[a-z_]+\|>|\[\/?inst\]|<<\/?sys>>/,
  /(?:^|\n)\s*(?:#{2,}\s*)?(?:system|assistant|developer)\s*(?:prompt|message|instruction|note)?\s*:\s*\S/,
  /\b(?:this|the following) (?:is|was) (?:an? )?(?:authori[sz]ed|approved)(?: by (?:the )?(?:admin\w*|dba|owner|developers?|security))\b|\bi(?:'m| am) (?:the|your|an?) (?:developer|administrator|admin|dba|creator|owner of (?:this|the) (?:system|database))\b(?=.{0,80}\b(?:so|therefore|and|must|need|allow|permit|let|give|obey|override)\b)/,
];

/** Whether a text tries to give the model new orders. */
export function holdsInjection(spoken: string): boolean {
  return patterns.some((pattern) => pattern.test(spoken));
}
