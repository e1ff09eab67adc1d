import { asksForWriteSql } from './write-sql-request.js';
import { asksInOtherLanguage } from './other-languages.js';
import { asksByPassive, asksByGerund, asksByNoun, asksToHaveDone } from './indirect-request.js';
import { writeVerbs, type WriteVerb } from './write-verbs.js';

const verbsByBase = new Map<string, WriteVerb[]>();
for (const verb of writeVerbs) for (const base of verb.base) verbsByBase.set(base, [...(verbsByBase.get(base) ?? []), verb]);

const filler =
  '(?:please|pls|plz|kindly|hi|hello|hey|ok|okay|now|just|so|then|first|firstly|second|secondly|third|next|also|finally|lastly|immediately|quickly|simply|actually|right now|well|alright|sure|great|yes|no|thanks|thank you|good morning|good afternoon|assistant|bot|robot|ai|and|but|or|dear|carefully|permanently|directly|definitely|instead|afterwards|after that|in addition|for me|if possible|if you can|as an? \\w+|step \\d+|task|note|sql|query|command|question|todo|action|request|urgent|important|attention|manually|silently|secretly|forcibly|force|temporarily|bulk|mass|batch|hard|soft)';
const fillers = new RegExp(`^(?:(?:${filler}|\\d+[.)])[\\s,:!.-]*(?=\\s|[a-z]|$))+`);
const onlyFillers = new RegExp(`^(?:[\\s,:!.>*•#("-]|\\d+[.)]|${filler}(?=[\\s,:!.-]|$))*$`);

const questionWord = /^(?:(?:in|for|at|on|of|from|to|by|with|during|within|under|among|per|since|until|about|after|before)\s+)?(?:what|which|who|whom|whose|when|where|why|how)(?:'s|'re|s|'d|'ll)?\b/;
const auxiliary = /^(?:is|are|was|were|am|do|does|did|has|have|had|can|could|should|will|would|may|might|must|shall|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|hasn't|haven't|can't|couldn't|won't|wouldn't|shouldn't)\s+(?!you\b|u\b|i\b|we\b|someone\b|somebody\b|not you\b|please\b|to\b|the (?:system|database|assistant) )/;
const askAround = /^(?:have|do|does|did|had|has|should) (?:i|we|you)\b/;

/** Words right before a verb that turn it into something the asker wants done. */
const anywhere = [
  /\b(?:please|pls|plz|kindly)(?: also| just| now| go ahead and| help(?: me)?(?: to)?| quickly| immediately| do| try to)*$/,
  /\b(?:go ahead and|be sure to|make sure (?:to|that you|you)|(?:don't|do not) forget to|remember to|feel free to|proceed to|your (?:task|job|goal|mission|objective|next step|role) is to|the (?:task|goal|next step) is to|(?:it is|it's) time to|why don't you|you'd better|you had better|i order you to|(?:so kind as|kind enough|good enough) to|favou?r and|be an? \w+ and|how about you|(?:great|nice|good|helpful|appreciated?|appreciate it|grateful|thankful|kind|happy|glad) if you(?: could| would| can)?|use (?:sql|your \w+(?: \w+)?|admin \w+|the \w+) to|you to)(?: also| first| just| now| please| then| immediately)*$/,
];
const unlessAsking = [
  /(?:^|[,;:]\s*|\b(?:and|but|so|because|then|hey|hi|hello)\s+)(?:i|we)(?:'d| would|'m|'re| am| are|'ve| have)?(?: really| also| just| now| desperately| urgently)* (?:want|need|like|love|wish|plan|intend|going|trying|have|got|planning|looking|supposed|hoping|about)(?: you| u| the system| the database| someone| for you)?(?: please)? to(?: please| first| also| just| now| be able to)*$/,
  /(?:^|[,;:]\s*|\b(?:and|but|so|because|then)\s+)(?:i|we)(?:'ll| will| shall| must| should|'d better| gotta| wanna| gonna)(?: now| just| also)*$/,
  /\b(?:you|u)(?:'ll)? (?:must|should|need to|have to|ought to|shall|are to|are required to|are instructed to|can now|may now|will now|will|'re going to|are going to|can|may)(?: now| first| also| just| please)*$/,
  /\b(?:let's|lets|let us|let me|allow me to|allow us to|help me(?: to)?|help us(?: to)?|attempt to|try to|in order to please)(?: also| first| just| now| please)*$/,
];
const askedToDo = /^(?:(?:can|could|would|will|won't|can't|couldn't|wouldn't|may|might) (?:you|u|someone|somebody|the (?:system|database|assistant)|i|we)|would it be possible (?:for you )?to|is it possible (?:for you )?to|are you able to|do you mind if i|may i|can i|could i)(?: be able to| please| pls| kindly| just| now| also| quickly| simply| immediately| permanently| go ahead and| help me(?: to)?| help| try to| possibly| maybe| perhaps| first| then)*$/;
const restrained = /\b(?:can|could|may|might|must|should|shall|will|would|to|not|never|who|that|which|they|users?|people|students|customers|don't|doesn't|didn't|cannot|can't)\s+$/;
const joiner = /(?:[,;:(-]|\b(?:and|then|but|also|or|plus|so|afterwards|finally|next)\b|&)\s*$/;
const trailing = /(?:\b(?:first|firstly|second|then|also|please|now|just|finally|lastly|next|afterwards|immediately|quickly|simply|permanently|afterward|later|subsequently)\b[\s,]*)+$/;
const pronounObject = /^(?:them|it|those|these|this|that|him|her|everything|everyone|all of|all the|all\b|the rest|the others|every|each of|the (?:first|last|oldest|top|lowest|highest)|any of)/;

/** Whether a text asks, in words, for data, structure or rights to be changed. `spoken` is lower case with quotations masked. */
export function asksToWrite(spoken: string): boolean {
  if (asksInOtherLanguage(spoken)) return true;
  return sentences(spoken).some((sentence) => asksForWriteSql(sentence) || sentenceAsks(sentence));
}

function sentences(text: string): readonly string[] {
  return text
    .split(/(?<=[.?!])\s+|[;\n\r]+|(?<=[a-z?!)])\s*:\s+|\s+-{1,2}\s+|\s*(?:=>|->|→)\s*/u)
    .map((sentence) => sentence.replace(/^[\s>*•#("'-]+/, '').replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '');
}

function sentenceAsks(sentence: string): boolean {
  const start = fillers.exec(sentence)?.[0].length ?? 0;
  const body = sentence.slice(start);
  const polite = /\b(?:please|pls|plz|kindly)\b/.test(sentence.slice(0, start));
  const asking = (questionWord.test(body) || auxiliary.test(body) || askAround.test(body)) && !/^why (?:don't|not)\b/.test(body);
  if (asksByGerund(body, asking) || asksToHaveDone(body) || (!asking && (asksByPassive(body) || asksByNoun(body)))) return true;
  for (const match of sentence.matchAll(/[a-z][a-z-]*/g)) {
    const verbs = verbsByBase.get(match[0]);
    if (verbs === undefined) continue;
    const before = sentence.slice(0, match.index);
    const rest = sentence.slice(match.index + match[0].length).trimStart();
    if (isTold(before, start, asking, polite, rest) && verbs.some((verb) => verb.changes(rest))) return true;
  }
  return false;
}

/** Whether a verb stands where somebody is told to do it. */
function isTold(before: string, start: number, asking: boolean, polite: boolean, rest: string): boolean {
  const trimmed = before.trimEnd();
  if (anywhere.some((frame) => frame.test(trimmed))) return true;
  if (onlyFillers.test(trimmed)) return true;
  const body = trimmed.slice(Math.min(start, trimmed.length)).trimStart();
  if (askedToDo.test(body) || askedToDo.test(body.replace(/^.*[,;:]\s*(?:and |but |so )?/, ''))) return true;
  if (!asking && unlessAsking.some((frame) => frame.test(trimmed))) return true;
  const joined = trimmed.replace(trailing, '').trimEnd();
  if (!joiner.test(trimmed) && !joiner.test(joined)) return false;
  // "events of type create or delete" names the verb; an order has an object.
  if (!/[a-z\d#]/.test(rest)) return /\bthen\s*$/.test(trimmed) && !/\b(?:who|that|which)\b/.test(trimmed);
  return joinedImperative(trimmed, asking, polite, rest);
}

/** "List the students and delete them": what follows a joiner is told when the sentence tells, or when it points back. */
function joinedImperative(before: string, asking: boolean, polite: boolean, rest: string): boolean {
  const then = /\b(?:then|afterwards|finally|next|first|also)\s*$/.test(before);
  const head = before.replace(trailing, '').replace(/(?:[,;:(&-]|\b(?:and|then|but|also|or|plus|so|afterwards|finally|next)\b|\s)+$/, '');
  const previous = /([a-z-]+)$/.exec(head)?.[1] ?? '';
  const coordinated = verbsByBase.has(previous) && restrained.test(head.slice(0, head.length - previous.length));
  if (coordinated) return false;
  // "Who can create courses and delete them?" is one question about what people may do.
  const modal = /\b(?:can|could|may|might|must|should|able to|allowed to|permitted to|who|that|which) (?:\w+ )?[a-z]+(?: \w+){0,3}$/.test(head) && /\b(?:can|could|may|might|must|should|able to|allowed to|permitted to)\b/.test(head);
  if (modal && !then) return false;
  if (pronounObject.test(rest) || then) return true;
  if (asking) return false;
  // After a comma a list of nouns may go on; after "and" in an order, an order goes on.
  const definite = /^(?:the|a|an|all|every|each|any|my|our|his|her|their|its|quoted|#?\d)/.test(rest);
  const relative = /\b(?:who|that|which|whose)\b/.test(head);
  const tells = polite || /^(?:show|list|find|get|select|display|give|tell|count|fetch|return|look up|retrieve|print|check|identify|take|go|connect|open|log|use|calculate|compute|pick|search|query|read|review|see|locate|choose|grab|extract|act|pretend|assume|imagine|become|be|login)\b/.test(head.replace(fillers, '')) || /^(?:can|could|would|will) (?:you|u)\b/.test(head.replace(fillers, ''));
  const introduced = /,\s*$/.test(before) && /^(?:for|in|on|from|to|with|within|using|as|after|before|once|when|if|assuming|given|while|since|because|by)\b/.test(head.replace(fillers, ''));
  return definite || introduced || (tells && !relative);
}
