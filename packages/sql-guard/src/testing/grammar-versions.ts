export type GrammarVersion = 16 | 17 | 18;

/** The grammars that the unit tests run with; `ASK_AURORA_GUARD_VERSIONS=17` makes mutation testing three times as fast. */
export const grammarVersions: readonly GrammarVersion[] = (process.env.ASK_AURORA_GUARD_VERSIONS ?? '16,17,18').split(',').map((version) => Number(version) as GrammarVersion);
