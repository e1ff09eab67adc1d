/** Words that columns are named after which a comparative or superlative measures by. */
export const money = ['price', 'cost', 'fee', 'amount', 'fare', 'rate', 'charge', 'rent', 'premium'];
export const pay = ['salary', 'wage', 'pay', 'compensation', 'income', 'earning'];
export const size = ['size', 'capacity', 'area', 'sqm', 'population', 'budget', 'amount', 'funding', 'total'];
export const lengths = ['duration', 'length', 'runtime', 'minute', 'hour', 'page'];
/** Of these, units: a column of minutes is how long something is only when nothing else is counted in them, such as a delay. */
export const lengthUnits = ['minute', 'hour', 'page'];
export const lengthNames = ['duration', 'length', 'runtime', 'running', 'playing', 'run', 'play', 'total', 'number', 'count', 'spent', 'long'];
export const start = ['date', 'year', 'at', 'time', 'created', 'founded', 'established', 'built', 'opened', 'start'];
