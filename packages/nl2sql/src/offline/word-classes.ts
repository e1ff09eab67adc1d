const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Words that carry no content of their own: they never have to be accounted for. */
export const functionWords = list(
  'a an the of in on at to from for by with and or either still is are was were be been being am do does did has have had having that which who whom whose what when there their they them it its this these those as than then so if into within inside under per each every all any some our us we me my i you your he she his her please also just currently ever about through via among during since before after until between',
);

/** Function words that may stand anywhere without changing what is asked. "or", "than", "not", "if" are not among them. */
export const skippableWords = list(
  'a an the of in on at to from for by with and is are was were be been being am do does did has have had having that which who whom whose what there their they them it its this these those our us we me my your his her please also currently either still',
);

/** Verbs that say only that two things are related, and so may be passed over where a key relates them. */
export const neutralVerbs = list(
  'offer offers offered offering belong belongs belonging include includes included including contain contains containing located situated assigned associated related linked connected attached recorded stored listed take takes taken taking took work works working worked exist exists existing participate participates participating participated involve involved involving make makes made making own owns owned owning attend attends attending attended place placed places study studies studying studied available found provided given housed run running runs receive receives received receiving declare declared publish publishes published publishing post posts posted write writes wrote written issue issued happen happened occur occurred serve serves served serving submit submitted worth give gives gave get gets got generate generates generated generating bring brings brought live lives lived living reside resides residing come comes came coming hold holds held holding sit sits stand stands handle handles handled handling shown play plays played playing feature features featured featuring appear appears appeared appearing',
);

/** Words a request begins with. */
export const leadWords = list(
  'please can could would will you show me us give list display find get tell return fetch retrieve see view report present i we want need like to know let lets about the all what which who whom are is was were do does did when there have has a an of out up s whats for just print provide output select identify determine compute calculate hi hello hey thanks',
);

/** Nouns that stand for the rows themselves. */
export const rowNouns = list('detail details information info data record records row rows entry entries list overview full complete everything');

export const negations = list('not no never without non neither nor except excluding');

/** Determiners of a noun phrase. */
export const determiners = list('the a an all any our their its his her my these those this some');

/** Words the grammar uses; an abstention does not name them as unknown. */
export const grammarWords = list(
  'how many much number count total average avg mean sum maximum minimum max min highest lowest most least fewest top bottom first last largest smallest biggest oldest newest latest earliest longest shortest cheapest more less fewer than over under above below between exactly only same sorted ordered order sort descending ascending results result distinct unique different other before after since year years month months quarter week day days past previous named called',
);
