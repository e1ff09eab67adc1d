import type { SampleOverlay } from '../sample-overlay.js';

export const salesOverlay: SampleOverlay = {
  formatVersion: 1,
  relations: {
    'sales.customers': {
      synonyms: ['client', 'buyer', 'account'],
      timeColumn: 'customer_since',
      labelColumns: ['name'],
      columns: {
        name: { personal: false, synonyms: ['customer name'] },
        email: { personal: true },
        segment: { synonyms: ['customer type', 'kind of customer'], valueSynonyms: { Consumer: ['private customers', 'individuals'], 'Small business': ['small companies', 'SMB'], Enterprise: ['large companies', 'corporate'] } },
        region: { synonyms: ['sales region', 'territory'] },
        customer_since: { synonyms: ['signed up', 'account opened', 'joined'] },
      },
    },
    'sales.products': {
      synonyms: ['article', 'good', 'merchandise'],
      labelColumns: ['name'],
      columns: { list_price: { synonyms: ['price', 'catalogue price'] }, unit_cost: { synonyms: ['cost', 'purchase price'] }, category: { synonyms: ['product group', 'product line'] } },
    },
    'sales.orders': {
      synonyms: ['purchase', 'sale'],
      timeColumn: 'ordered_on',
      columns: { ordered_on: { synonyms: ['order date', 'ordered', 'sold', 'placed'] }, channel: { synonyms: ['sales channel'], valueSynonyms: { web: ['online', 'website'], 'mobile app': ['app'], phone: ['telephone'] } }, status: { valueSynonyms: { processing: ['open', 'pending'], shipped: ['sent', 'in transit'] } } },
    },
    'sales.order_items': {
      synonyms: ['order line', 'line item', 'item sold'],
      columns: { quantity: { synonyms: ['units', 'pieces', 'units sold'] }, line_total: { synonyms: ['revenue', 'turnover', 'amount', 'sales value'] }, discount_percent: { synonyms: ['discount', 'rebate'] } },
    },
    'sales.returns': { synonyms: ['returned goods', 'send-back'], timeColumn: 'returned_on', columns: { refund: { synonyms: ['money back', 'refunded amount'] }, reason: { synonyms: ['return reason', 'why returned'] } } },
  },
  joins: [],
  metrics: [
    { name: 'revenue', relation: 'sales.order_items', expression: 'sum(order_items.line_total)', synonyms: ['sales', 'turnover', 'sales volume', 'total sales'], comment: 'Order lines after discount; returns are not taken off.', unit: 'US dollars' },
    { name: 'units sold', relation: 'sales.order_items', expression: 'sum(order_items.quantity)', synonyms: ['items sold', 'quantity sold'], comment: 'Pieces ordered.', unit: null },
    { name: 'number of orders', relation: 'sales.orders', expression: 'count(DISTINCT orders.order_id)', synonyms: ['order count'], comment: 'Orders placed.', unit: null },
    { name: 'refunds', relation: 'sales.returns', expression: 'sum(returns.refund)', synonyms: ['refunded amount', 'money paid back'], comment: 'Money paid back for returned goods.', unit: 'US dollars' },
    { name: 'average order value', relation: 'sales.order_items', expression: 'sum(order_items.line_total) / count(DISTINCT order_items.order_id)', synonyms: ['average basket', 'average order size', 'AOV', 'mean order value', 'average value of an order'], comment: 'Revenue of an order on average.', unit: 'US dollars' },
    { name: 'average order line', relation: 'sales.order_items', expression: 'avg(order_items.line_total)', synonyms: ['average line value'], comment: 'Mean revenue of an order line.', unit: 'US dollars' },
  ],
  filters: [
    { name: 'online orders', relation: 'sales.orders', condition: "orders.channel IN ('web', 'mobile app')", synonyms: ['orders placed online', 'web and app orders'], comment: 'Orders from the web shop or the mobile app.' },
    { name: 'open orders', relation: 'sales.orders', condition: "orders.status IN ('processing', 'shipped')", synonyms: ['undelivered orders'], comment: 'Orders that have not been delivered.' },
    { name: 'discounted lines', relation: 'sales.order_items', condition: 'order_items.discount_percent > 0', synonyms: ['items on discount'], comment: 'Order lines sold below the list price.' },
  ],
  verifiedQueries: [
    {
      id: 'sales-of-last-quarter',
      question: 'Show sales data for the last quarter',
      alternatives: ['What were the sales in the last quarter?', 'Sales figures of the previous quarter', 'How much did we sell last quarter?'],
      // Relative to the day after the last order, so that the answer does not turn empty as the calendar moves on.
      sql: `SELECT date_trunc('month', o.ordered_on::timestamp)::date AS month, count(DISTINCT o.order_id) AS orders, sum(i.quantity) AS units, sum(i.line_total) AS revenue
FROM sales.orders AS o
JOIN sales.order_items AS i ON i.order_id = o.order_id
CROSS JOIN (SELECT date_trunc('quarter', (max(ordered_on) + 1)::timestamp) AS quarter_end FROM sales.orders) AS calendar
WHERE o.ordered_on >= calendar.quarter_end - interval '3 months' AND o.ordered_on < calendar.quarter_end
GROUP BY 1
ORDER BY 1`,
      parameters: [],
    },
    {
      id: 'revenue-by-month-of-year',
      question: 'What was the revenue by month in {year}?',
      alternatives: ['Monthly revenue of {year}', 'Show the sales per month in {year}'],
      sql: `SELECT date_trunc('month', o.ordered_on::timestamp)::date AS month, sum(i.line_total) AS revenue
FROM sales.orders AS o
JOIN sales.order_items AS i ON i.order_id = o.order_id
WHERE extract(year FROM o.ordered_on) = :year
GROUP BY 1
ORDER BY 1`,
      parameters: [{ name: 'year', type: 'integer', description: 'Calendar year' }],
    },
    {
      id: 'top-customers-by-revenue',
      question: 'Who are the top {count} customers by revenue?',
      alternatives: ['Show the {count} best customers', 'Which {count} customers bought the most?', 'List the {count} customers with the highest revenue'],
      sql: `SELECT c.name AS customer, c.segment, sum(i.line_total) AS revenue
FROM sales.customers AS c
JOIN sales.orders AS o ON o.customer_id = c.customer_id
JOIN sales.order_items AS i ON i.order_id = o.order_id
GROUP BY c.customer_id, c.name, c.segment
ORDER BY revenue DESC, customer
LIMIT :count`,
      parameters: [{ name: 'count', type: 'integer', description: 'How many customers' }],
    },
    {
      id: 'revenue-by-category',
      question: 'What is the revenue by product category?',
      alternatives: ['Show sales per category', 'How much revenue does each category bring?'],
      sql: `SELECT p.category, sum(i.line_total) AS revenue
FROM sales.products AS p
JOIN sales.order_items AS i ON i.product_id = p.product_id
GROUP BY p.category
ORDER BY revenue DESC`,
      parameters: [],
    },
    {
      id: 'return-rate-by-category',
      question: 'What is the return rate by category?',
      alternatives: ['Which share of order lines is returned in each category?', 'Show the return rate of every product category'],
      sql: `SELECT p.category, count(*) AS order_lines, count(r.order_id) AS returned_lines, round(100.0 * count(r.order_id) / count(*), 2) AS return_rate_percent
FROM sales.order_items AS i
JOIN sales.products AS p ON p.product_id = i.product_id
LEFT JOIN (SELECT DISTINCT order_id, line_number FROM sales.returns) AS r ON r.order_id = i.order_id AND r.line_number = i.line_number
GROUP BY p.category
ORDER BY return_rate_percent DESC`,
      parameters: [],
    },
    {
      id: 'orders-of-customer',
      question: 'Which orders did {customer} place?',
      alternatives: ['Show the orders of {customer}', 'What did {customer} order?'],
      sql: `SELECT o.order_id, o.ordered_on, o.channel, o.status, sum(i.line_total) AS order_total
FROM sales.customers AS c
JOIN sales.orders AS o ON o.customer_id = c.customer_id
JOIN sales.order_items AS i ON i.order_id = o.order_id
WHERE lower(c.name) = lower(:customer)
GROUP BY o.order_id, o.ordered_on, o.channel, o.status
ORDER BY o.ordered_on, o.order_id`,
      parameters: [{ name: 'customer', type: 'text', description: 'Name of a customer', values: { schema: 'sales', relation: 'customers', column: 'name' } }],
    },
  ],
};
