import type { QuestionCase } from '../question-case.js';

const revenueOf = (condition: string): string => `SELECT sum(line_total) FROM sales.order_items JOIN sales.orders USING (order_id) JOIN sales.customers USING (customer_id) JOIN sales.products USING (product_id) WHERE ${condition}`;

/** Written before the rules and not read while they were written. */
export const salesHeldOut: readonly QuestionCase[] = [
  ['How many customers are in Germany?', "SELECT count(*) FROM sales.customers WHERE country = 'Germany'"],
  ['What were total sales in 2024?', revenueOf("ordered_on >= '2024-01-01' AND ordered_on < '2025-01-01'")],
  ['revenue of enterprise customers in 2023', revenueOf("segment = 'Enterprise' AND ordered_on >= '2023-01-01' AND ordered_on < '2024-01-01'")],
  ['Which product sold the most units?', "SELECT name FROM sales.order_items JOIN sales.products USING (product_id) GROUP BY product_id, name ORDER BY sum(quantity) DESC LIMIT 1", null],
  ['top 5 products by revenue in 2024', "SELECT name FROM sales.order_items JOIN sales.products USING (product_id) JOIN sales.orders USING (order_id) WHERE ordered_on >= '2024-01-01' AND ordered_on < '2025-01-01' GROUP BY product_id, name ORDER BY sum(line_total) DESC LIMIT 5"],
  ['top product in each category by revenue', "SELECT category, name FROM (SELECT category, name, rank() OVER (PARTITION BY category ORDER BY sum(line_total) DESC) r FROM sales.order_items JOIN sales.products USING (product_id) GROUP BY category, product_id, name) t WHERE r = 1", null],
  ['What share of revenue comes from each region?', 'SELECT region, 100.0 * sum(line_total) / sum(sum(line_total)) OVER () FROM sales.order_items JOIN sales.orders USING (order_id) JOIN sales.customers USING (customer_id) GROUP BY region', 'SELECT region, sum(line_total) / sum(sum(line_total)) OVER () FROM sales.order_items JOIN sales.orders USING (order_id) JOIN sales.customers USING (customer_id) GROUP BY region', 'SELECT region, round(100.0 * sum(line_total) / sum(sum(line_total)) OVER (), 2) FROM sales.order_items JOIN sales.orders USING (order_id) JOIN sales.customers USING (customer_id) GROUP BY region', 'SELECT region, round(100.0 * sum(line_total) / sum(sum(line_total)) OVER (), 1) FROM sales.order_items JOIN sales.orders USING (order_id) JOIN sales.customers USING (customer_id) GROUP BY region'],
  ['orders by weekday', "SELECT extract(isodow FROM ordered_on)::int, count(*) FROM sales.orders GROUP BY 1", "SELECT to_char(ordered_on, 'FMDay'), count(*) FROM sales.orders GROUP BY 1", null],
  ['How many orders were placed in the last 30 days?', "SELECT count(*) FROM sales.orders WHERE ordered_on >= date '2025-01-01' - 30 AND ordered_on <= '2025-01-01'"],
  ['customers who have not ordered since 2023', null, "SELECT name FROM sales.customers WHERE customer_id NOT IN (SELECT customer_id FROM sales.orders WHERE ordered_on >= '2023-01-01')"],
  ['products that cost more than 50', null, 'SELECT name FROM sales.products WHERE unit_cost > 50', 'SELECT name FROM sales.products WHERE list_price > 50'],
  ['Which products have a list price above the average?', 'SELECT name FROM sales.products WHERE list_price > (SELECT avg(list_price) FROM sales.products)'],
  ['What is the most common return reason?', 'SELECT reason FROM sales.returns GROUP BY reason ORDER BY count(*) DESC LIMIT 1', null],
  ['total refunds per month in 2024', "SELECT date_trunc('month', returned_on)::date, sum(refund) FROM sales.returns WHERE returned_on >= '2024-01-01' AND returned_on < '2025-01-01' GROUP BY 1"],
  ['number of orders per customer segment', 'SELECT segment, count(*) FROM sales.orders JOIN sales.customers USING (customer_id) GROUP BY segment'],
  ['How many customers from France or Spain placed an order in 2024?', "SELECT count(*) FROM sales.customers WHERE country IN ('France', 'Spain') AND customer_id IN (SELECT customer_id FROM sales.orders WHERE ordered_on >= '2024-01-01' AND ordered_on < '2025-01-01')"],
  ['email addresses of customers in Berlin', "SELECT email FROM sales.customers WHERE city = 'Berlin'", null],
  ['cheapest 5 products', 'SELECT name FROM sales.products ORDER BY list_price LIMIT 5', null],
  ['Average revenue per customer', 'SELECT sum(line_total) / count(DISTINCT customer_id) FROM sales.order_items JOIN sales.orders USING (order_id)', null, 'SELECT name, avg(line_total) FROM sales.order_items JOIN sales.orders USING (order_id) JOIN sales.customers USING (customer_id) GROUP BY customer_id, name'],
  ['Average order value', 'SELECT sum(line_total) / count(DISTINCT order_id) FROM sales.order_items', null],
  ['Which orders contain more than 3 different products?', 'SELECT order_id FROM sales.order_items GROUP BY 1 HAVING count(DISTINCT product_id) > 3', null],
  ['orders with status not delivered', "SELECT order_id FROM sales.orders WHERE status <> 'delivered'"],
  ['custmers in the Enterprise segment', "SELECT name FROM sales.customers WHERE segment = 'Enterprise'"],
  ['Which warehouse ships the most?', null],
  ['What was the revenue in 2024 compared with 2023?', null, "SELECT extract(year FROM ordered_on)::int, sum(line_total) FROM sales.order_items JOIN sales.orders USING (order_id) WHERE ordered_on >= '2023-01-01' GROUP BY 1"],
];
