/** Ways of taking over a model with words: jailbreaks and injections, by what they ask for. */
const attacks: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'override', pattern: /\b(ignore|disregard|forget|override|bypass)\b[^.?!]{0,40}\b(instructions?|rules?|prompts?|guidelines?|restrictions?|polic(y|ies)|guardrails?|above|previous)\b/i },
  { name: 'reveal-instructions', pattern: /\b(reveal|print|repeat|show|output|leak|tell me)\b[^.?!]{0,40}\b(system prompt|(your|the|hidden|initial) (instructions?|prompt))\b/i },
  { name: 'persona', pattern: /\b(you are now|act as|pretend (to be|you are)|roleplay as)\b[^.?!]{0,60}\b(dan|unrestricted|unfiltered|jailbroken|developer mode|admin(istrator)?|superuser|without (any )?(restrictions?|rules?|limits?))\b/i },
  { name: 'mode', pattern: /\b(developer|debug|god|jailbreak|sudo|admin)\s+mode\b/i },
  { name: 'forged-turn', pattern: /(^|\n)\s*(system|assistant|human|user)\s*:|<\/?(system|instructions?|assistant|tool_result)>|\[\/?INST\]|<\|im_(start|end)\|>/i },
];

/** The first kind of prompt attack that a text looks like; undefined for the ordinary. */
export function findPromptAttack(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/[\u200b-\u200f\u2060\ufeff]/g, '');
  return attacks.find((attack) => attack.pattern.test(plain))?.name;
}
