/** Words that columns are named after which a comparative or superlative measures by. */
export const money = ['price', 'cost', 'fee', 'amount', 'fare', 'rate', 'charge', 'rent', 'premium'];
export const pay = ['salary', 'wage', 'pay', 'compensation', 'income', 'earning'];
export const size = ['size', 'capacity', 'area', 'sqm', 'population', 'budget', 'amount', 'funding', 'total'];
export const lengths = ['duration', 'length', 'minute', 'hour', 'page'];
export const start = ['date', 'year', 'at', 'time', 'created', 'founded', 'established', 'built', 'opened', 'start'];
