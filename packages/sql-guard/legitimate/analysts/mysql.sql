-- As tools, analysts and models write them for MySQL 8.
-- `--# id` begins a statement; `from=17` is the first major that has it, `tenant=no` what a tenant filter refuses; `--@` gives the values of parameters.
--# metabase-count
SELECT COUNT(*) AS `count` FROM `orders`
--# metabase-breakout
-- Metabase:: userID: 1 queryType: MBQL queryHash: 3a1c
SELECT STR_TO_DATE(CONCAT(DATE_FORMAT(`orders`.`ordered_at`, '%Y-%m'), '-01'), '%Y-%m-%d') AS `ordered_at`, SUM(`orders`.`discount`) AS `sum` FROM `orders` GROUP BY STR_TO_DATE(CONCAT(DATE_FORMAT(`orders`.`ordered_at`, '%Y-%m'), '-01'), '%Y-%m-%d') ORDER BY STR_TO_DATE(CONCAT(DATE_FORMAT(`orders`.`ordered_at`, '%Y-%m'), '-01'), '%Y-%m-%d') ASC
--# metabase-join
SELECT `orders`.`order_id` AS `order_id`, `Customers`.`name` AS `Customers__name` FROM `orders` LEFT JOIN `customers` AS `Customers` ON `orders`.`customer_id` = `Customers`.`customer_id` WHERE (`Customers`.`country` = 'FR') OR (`Customers`.`country` = 'PT') ORDER BY `orders`.`order_id` LIMIT 1048575
--# metabase-nested
SELECT `source`.`segment` AS `segment`, AVG(`source`.`count`) AS `avg` FROM (SELECT `customers`.`segment` AS `segment`, `customers`.`country` AS `country`, COUNT(*) AS `count` FROM `customers` GROUP BY `customers`.`segment`, `customers`.`country`) AS `source` GROUP BY `source`.`segment` ORDER BY `source`.`segment` ASC
--# metabase-week
SELECT DATE(DATE_SUB(`orders`.`ordered_at`, INTERVAL (DAYOFWEEK(`orders`.`ordered_at`) - 1) DAY)) AS `week`, COUNT(*) AS `count` FROM `orders` GROUP BY `week` ORDER BY `week`
--# metabase-relative
SELECT COUNT(*) AS `count` FROM `orders` WHERE `orders`.`ordered_at` >= DATE(DATE_ADD(NOW(6), INTERVAL -30 DAY)) OR `orders`.`ordered_at` < DATE(NOW(6))
--# superset
SELECT DATE(DATE_SUB(ordered_at, INTERVAL DAYOFMONTH(ordered_at) - 1 DAY)) AS `__timestamp`, channel AS channel, COUNT(*) AS `count` FROM orders WHERE ordered_at >= STR_TO_DATE('2024-01-01 00:00:00.000000', '%Y-%m-%d %H:%i:%s.%f') GROUP BY channel, DATE(DATE_SUB(ordered_at, INTERVAL DAYOFMONTH(ordered_at) - 1 DAY)) ORDER BY `count` DESC, 1, 2 LIMIT 1000
--# tableau
SELECT `orders`.`channel` AS `channel`, SUM(1) AS `cnt:orders:ok`, ADDDATE( CONCAT( DATE_FORMAT( `orders`.`ordered_at`, '%Y-' ), (3*(QUARTER(`orders`.`ordered_at`)-1)+1), '-01 00:00:00' ), INTERVAL 0 SECOND ) AS `tqr:ordered_at:ok` FROM `orders` GROUP BY 1, 3 ORDER BY 1, 3
--# power-bi
select `_`.`channel`, `_`.`a0` from (select `rows`.`channel` as `channel`, count(1) as `a0` from `orders` as `rows` group by `channel`) as `_` where not `_`.`a0` is null order by 1 limit 1000001
--# looker
SELECT customers.country AS `customers.country`, (DATE(orders.ordered_at )) AS `orders.ordered_date`, COUNT(DISTINCT orders.order_id ) AS `orders.count` FROM orders AS orders LEFT JOIN customers AS customers ON orders.customer_id = customers.customer_id WHERE ((( orders.ordered_at  ) >= ((TIMESTAMP('2024-01-01'))) AND ( orders.ordered_at  ) < ((DATE_ADD(TIMESTAMP('2024-01-01'), INTERVAL 1 year))))) GROUP BY 1, 2 ORDER BY 2 DESC, 1 LIMIT 500
--# prisma tenant=no
SELECT `shop`.`customers`.`customer_id`, `shop`.`customers`.`name` FROM `shop`.`customers` WHERE (`shop`.`customers`.`country` IN ('FR', 'AT') AND `shop`.`customers`.`email` LIKE '%example%') ORDER BY `shop`.`customers`.`customer_id` ASC LIMIT 10 OFFSET 0
--# typeorm
SELECT `order`.`order_id` AS `order_order_id`, `order`.`channel` AS `order_channel`, `customer`.`name` AS `customer_name` FROM `orders` `order` LEFT JOIN `customers` `customer` ON `customer`.`customer_id`=`order`.`customer_id` WHERE `order`.`channel` = 'shop' ORDER BY `order`.`order_id` DESC LIMIT 10
--# sequelize
SELECT `Order`.`order_id`, `items`.`line_number` AS `items.line_number` FROM `orders` AS `Order` LEFT OUTER JOIN `order_items` AS `items` ON `Order`.`order_id` = `items`.`order_id` WHERE `Order`.`ordered_at` BETWEEN '2024-01-01 00:00:00' AND '2024-12-31 00:00:00' ORDER BY `Order`.`order_id`, `items.line_number` LIMIT 0, 20;
--# django
SELECT `customers`.`country`, COUNT(CASE WHEN `orders`.`status` = 'paid' THEN `orders`.`order_id` ELSE NULL END) AS `paid`, CAST(DATE_FORMAT(`orders`.`ordered_at`, '%Y-%m-01') AS DATE) AS `month` FROM `customers` LEFT OUTER JOIN `orders` ON (`customers`.`customer_id` = `orders`.`customer_id`) GROUP BY `customers`.`country`, `month` ORDER BY `customers`.`country` ASC, `month` ASC
--# django-icontains
SELECT `customers`.`name` FROM `customers` WHERE (`customers`.`name` LIKE '%ada%' AND NOT (`customers`.`city` = 'Lyon' AND `customers`.`city` IS NOT NULL)) ORDER BY 1
--# django-json
SELECT `customers`.`customer_id` FROM `customers` WHERE JSON_EXTRACT(`customers`.`settings`, '$.theme') = JSON_EXTRACT('"dark"', '$') OR JSON_CONTAINS(`customers`.`settings`, '{"theme": "light"}') OR JSON_CONTAINS_PATH(`customers`.`settings`, 'one', '$.beta') ORDER BY 1
--# hibernate
select o1_0.order_id,o1_0.channel,c1_0.name from orders o1_0 join customers c1_0 on c1_0.customer_id=o1_0.customer_id where o1_0.channel='web' and (c1_0.city is null or c1_0.city<>'Graz') order by o1_0.order_id limit 0,5
--# activerecord
SELECT `orders`.`order_id` AS t0_r0, `order_items`.`line_number` AS t1_r0 FROM `orders` LEFT OUTER JOIN `order_items` ON `order_items`.`order_id` = `orders`.`order_id` WHERE `orders`.`status` = 'paid' ORDER BY `orders`.`order_id`, `order_items`.`line_number` /*application:Shop*/
--# activerecord-exists
SELECT 1 AS one FROM `customers` WHERE `customers`.`email` = 'user1@mail.example.org' LIMIT 1
--# laravel
select *, (select count(*) from `order_items` where `orders`.`order_id` = `order_items`.`order_id`) as `items_count` from `orders` where date(`ordered_at`) >= '2024-03-01' and year(`ordered_at`) = 2024 and time(`ordered_at`) >= '00:00:00' order by `order_id` desc limit 15 offset 0
--# sqlalchemy
SELECT anon_1.customer_id AS anon_1_customer_id, anon_1.n AS anon_1_n FROM (SELECT orders.customer_id AS customer_id, count(*) AS n FROM orders GROUP BY orders.customer_id) AS anon_1 INNER JOIN customers AS customers_1 ON customers_1.customer_id = anon_1.customer_id ORDER BY anon_1.n DESC, anon_1.customer_id
--# sqlalchemy-concat
SELECT concat(customers.name, ' <', customers.email, '>') AS who FROM customers WHERE customers.name LIKE concat('%%', 'Ada', '%%') OR customers.country IS NULL ORDER BY who
--# dbt
/* {"app": "dbt", "node_id": "model.shop.fct_orders"} */
with orders as (
    select * from `shop`.`orders`
), items as (
    select order_id, sum(quantity * unit_price) as amount from `shop`.`order_items` group by order_id
), final as (
    select orders.order_id, orders.customer_id, cast(orders.ordered_at as date) as order_date, coalesce(items.amount, 0) as amount, row_number() over (partition by orders.customer_id order by orders.ordered_at, orders.order_id) as seq
    from orders left join items using (order_id)
)
select * from final order by order_id
--# dbt-surrogate
select sha2(concat(coalesce(cast(order_id as char), ''), '-', coalesce(cast(line_number as char), '')), 256) as item_key from order_items order by order_id, line_number
--# workbench
SELECT * FROM shop.products LIMIT 0, 1000
--# phpmyadmin
SELECT * FROM `products` ORDER BY `products`.`product_id` ASC
--# group-concat
SELECT country, GROUP_CONCAT(name ORDER BY customer_since DESC, name SEPARATOR '; ') AS names, GROUP_CONCAT(DISTINCT segment ORDER BY segment) FROM customers GROUP BY country ORDER BY country
--# monthly-growth
WITH monthly AS (SELECT DATE_FORMAT(o.ordered_at, '%Y-%m-01') AS month, SUM(i.quantity * i.unit_price) AS revenue FROM orders o JOIN order_items i USING (order_id) WHERE o.status <> 'cancelled' GROUP BY 1)
SELECT month, revenue, LAG(revenue) OVER (ORDER BY month) AS previous, ROUND(100 * (revenue - LAG(revenue) OVER (ORDER BY month)) / NULLIF(LAG(revenue) OVER (ORDER BY month), 0), 2) AS growth FROM monthly ORDER BY month
--# running-total
SELECT order_id, SUM(discount) OVER (PARTITION BY customer_id ORDER BY ordered_at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM orders ORDER BY order_id
--# named-window
SELECT order_id, RANK() OVER w, LEAD(order_id, 1, 0) OVER w FROM orders WINDOW w AS (PARTITION BY channel ORDER BY ordered_at) ORDER BY order_id
--# named-window-frame
SELECT order_id, SUM(discount) OVER (w ROWS 2 PRECEDING) FROM orders WINDOW w AS (ORDER BY order_id) ORDER BY order_id
--# window-range
SELECT day, SUM(n) OVER (ORDER BY day RANGE BETWEEN INTERVAL 7 DAY PRECEDING AND CURRENT ROW) FROM (SELECT DATE(ordered_at) AS day, COUNT(*) AS n FROM orders GROUP BY DATE(ordered_at)) d ORDER BY day
--# window-functions
SELECT employee_id, NTILE(4) OVER (ORDER BY salary), CUME_DIST() OVER (ORDER BY salary), PERCENT_RANK() OVER (ORDER BY salary), FIRST_VALUE(full_name) OVER (PARTITION BY title ORDER BY salary DESC), LAST_VALUE(full_name) OVER (PARTITION BY title ORDER BY salary ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), NTH_VALUE(salary, 2) OVER (ORDER BY salary), DENSE_RANK() OVER (ORDER BY title) FROM employees ORDER BY employee_id
--# top-per-group
SELECT * FROM (SELECT p.*, ROW_NUMBER() OVER (PARTITION BY category ORDER BY list_price DESC, product_id) AS rn FROM products p) ranked WHERE rn <= 2 ORDER BY category, rn
--# rollup
SELECT region, segment, COUNT(*) FROM customers GROUP BY region, segment WITH ROLLUP
--# rollup-grouping
SELECT IF(GROUPING(region), 'all', region) AS r, COUNT(*) AS n FROM customers GROUP BY region WITH ROLLUP ORDER BY n, r
--# mod-operator
SELECT order_id MOD 3 AS bucket, COUNT(*) FROM orders GROUP BY bucket ORDER BY bucket
--# mod-function
SELECT MOD(order_id, 3) AS bucket, COUNT(*) FROM orders GROUP BY bucket ORDER BY bucket
--# select-all
SELECT ALL channel FROM orders ORDER BY channel
--# select-distinctrow
SELECT DISTINCTROW channel FROM orders ORDER BY channel
--# null-safe
SELECT order_id FROM orders WHERE discount <=> NULL OR NOT (note <=> '') ORDER BY order_id
--# regexp
SELECT name FROM customers WHERE name REGEXP '^[A-G]' AND name NOT RLIKE 'barb' AND REGEXP_LIKE(email, '^user[0-9]+@', 'i') ORDER BY name
--# regexp-functions
SELECT REGEXP_REPLACE(email, '@.*$', ''), REGEXP_SUBSTR(name, '[0-9]+'), REGEXP_INSTR(name, '[0-9]') FROM customers ORDER BY customer_id
--# str-to-date
SELECT STR_TO_DATE('03/02/2024', '%d/%m/%Y'), DATE_FORMAT(ordered_at, '%W, %d %M %Y %H:%i'), TIME_FORMAT(TIME(ordered_at), '%H:%i'), FROM_UNIXTIME(1700000000) IS NOT NULL, UNIX_TIMESTAMP(ordered_at) > 0 FROM orders ORDER BY order_id LIMIT 3
--# timestampdiff
SELECT order_id, TIMESTAMPDIFF(HOUR, ordered_at, shipped_at), DATEDIFF(shipped_at, ordered_at), TIMEDIFF(shipped_at, ordered_at), TIMESTAMPADD(MONTH, 1, ordered_at), PERIOD_DIFF(202403, 202401) FROM orders ORDER BY order_id
--# intervals
SELECT ordered_at + INTERVAL 1 MONTH - INTERVAL 1 DAY, DATE_ADD(ordered_at, INTERVAL '1:30' HOUR_MINUTE), DATE_SUB(ordered_at, INTERVAL 2 WEEK), ADDDATE(DATE(ordered_at), 7), SUBDATE(DATE(ordered_at), INTERVAL 1 QUARTER), INTERVAL 1 DAY + ordered_at FROM orders ORDER BY order_id LIMIT 3
--# interval-expression
SELECT DATE_ADD(ordered_at, INTERVAL order_id % 5 DAY), DATE_SUB(CURDATE(), INTERVAL WEEKDAY(CURDATE()) DAY) IS NULL FROM orders ORDER BY order_id
--# extract
SELECT EXTRACT(YEAR_MONTH FROM ordered_at) AS ym, EXTRACT(WEEK FROM ordered_at), EXTRACT(HOUR FROM ordered_at), YEARWEEK(ordered_at, 3), DAYNAME(ordered_at), MONTHNAME(ordered_at), LAST_DAY(ordered_at), DAYOFYEAR(ordered_at), HOUR(ordered_at), MINUTE(ordered_at), WEEKDAY(ordered_at) FROM orders ORDER BY order_id
--# clocks
SELECT NOW() > '2024-01-01', CURDATE() >= DATE '2024-01-01', CURRENT_DATE() IS NOT NULL, CURRENT_TIMESTAMP IS NOT NULL, CURTIME() IS NOT NULL, UTC_TIMESTAMP() IS NOT NULL, UTC_DATE() IS NOT NULL, SYSDATE() IS NOT NULL, LOCALTIME() IS NOT NULL
--# clocks-precision
SELECT NOW(3) > '2024-01-01', CURRENT_TIMESTAMP(6) IS NOT NULL, LOCALTIMESTAMP IS NOT NULL, CURRENT_TIME IS NOT NULL
--# convert-tz
SELECT CONVERT_TZ(ordered_at, '+00:00', '+01:00'), DATE(CONVERT_TZ(ordered_at, '+00:00', '-05:00')) FROM orders ORDER BY order_id LIMIT 2
--# conversions
SELECT CONVERT(name USING utf8mb4), CONVERT(order_id, CHAR), CAST(discount AS SIGNED), CAST(order_id AS UNSIGNED), CAST(order_id AS DECIMAL(10, 2)), CAST(ordered_at AS DATE), CAST(ordered_at AS TIME), CAST('2024-02-03' AS DATETIME), CAST(order_id AS CHAR(10)), CAST(1.5 AS DOUBLE), CAST(1.5 AS FLOAT), CAST('[1]' AS JSON), CAST('a' AS BINARY) FROM orders JOIN customers USING (customer_id) ORDER BY order_id LIMIT 2
--# convert-type
SELECT CONVERT('12', SIGNED), CONVERT('1.25', DECIMAL(5, 2)), CONVERT('2024-01-02', DATE), CONVERT(12, CHAR(5))
--# collate
SELECT name COLLATE utf8mb4_bin AS n, 'a' = 'A' COLLATE utf8mb4_0900_as_cs FROM customers WHERE name COLLATE utf8mb4_general_ci LIKE 'ADA%' ORDER BY name COLLATE utf8mb4_0900_bin DESC
--# binary-compare
SELECT name FROM customers WHERE BINARY country = 'FR' OR CAST(country AS BINARY) = 'PT' ORDER BY name
--# full-text tenant=no
SELECT article_id, MATCH(title, body) AGAINST('planner') AS score FROM articles WHERE MATCH(title, body) AGAINST('planner' IN NATURAL LANGUAGE MODE) ORDER BY score DESC, article_id
--# full-text-boolean tenant=no
SELECT article_id FROM articles WHERE MATCH (title, body) AGAINST ('+joins -missing' IN BOOLEAN MODE) ORDER BY article_id
--# json-arrows
SELECT payload->>'$.page' AS page, payload->'$.ms' AS ms, JSON_UNQUOTE(JSON_EXTRACT(payload, '$.items[0].sku')), CAST(JSON_VALUE(payload, '$.ms') AS SIGNED), JSON_LENGTH(payload, '$.items'), JSON_KEYS(payload), JSON_TYPE(payload->'$.items') FROM events ORDER BY event_id LIMIT 10
--# json-value
SELECT JSON_VALUE(payload, '$.page') AS page, COUNT(*) FROM events GROUP BY page ORDER BY page
--# json-filter
SELECT event_id FROM events WHERE payload->>'$.page' = '/p/1' AND CAST(payload->>'$.ms' AS UNSIGNED) > 100 AND JSON_CONTAINS(payload->'$.items', '{"qty": 1}') ORDER BY event_id
--# json-search
SELECT JSON_SEARCH(attributes, 'one', 'red'), JSON_SET(attributes, '$.x', 1), JSON_REMOVE(attributes, '$.tags'), JSON_MERGE_PATCH(attributes, '{"y": 2}'), JSON_PRETTY(attributes), JSON_VALID('{'), JSON_DEPTH(attributes), JSON_ARRAY_APPEND(attributes, '$.tags', 'z') FROM products ORDER BY product_id LIMIT 2
--# json-build
SELECT JSON_OBJECT('id', customer_id, 'name', name, 'tags', JSON_ARRAY(segment, region)) FROM customers ORDER BY customer_id LIMIT 3
--# json-aggregates
SELECT segment, JSON_ARRAYAGG(city) IS NOT NULL, JSON_LENGTH(JSON_OBJECTAGG(customer_id, name)) FROM customers GROUP BY segment ORDER BY segment
--# recursive
WITH RECURSIVE tree AS (SELECT employee_id, manager_id, full_name, 1 AS depth, CAST(employee_id AS CHAR(200)) AS path FROM employees WHERE manager_id IS NULL UNION ALL SELECT e.employee_id, e.manager_id, e.full_name, t.depth + 1, CONCAT(t.path, '/', e.employee_id) FROM employees e JOIN tree t ON e.manager_id = t.employee_id) SELECT CONCAT(REPEAT('  ', 2), full_name) AS name, depth, path FROM tree ORDER BY path
--# recursive-calendar
WITH RECURSIVE d (day) AS (SELECT DATE '2024-01-01' UNION ALL SELECT day + INTERVAL 1 DAY FROM d WHERE day < '2024-01-31') SELECT d.day, COUNT(o.order_id) FROM d LEFT JOIN orders o ON DATE(o.ordered_at) = d.day GROUP BY d.day ORDER BY d.day
--# lateral
SELECT c.name, l.order_id FROM customers c JOIN LATERAL (SELECT o.order_id, o.ordered_at FROM orders o WHERE o.customer_id = c.customer_id ORDER BY o.ordered_at DESC LIMIT 2) AS l ON TRUE ORDER BY c.customer_id, l.order_id
--# lateral-left
SELECT c.customer_id, l.total FROM customers c LEFT JOIN LATERAL (SELECT SUM(o.discount) AS total FROM orders o WHERE o.customer_id = c.customer_id) l ON 1 = 1 ORDER BY 1
--# lateral-comma
SELECT c.customer_id, l.n FROM customers c, LATERAL (SELECT COUNT(*) AS n FROM orders o WHERE o.customer_id = c.customer_id) l ORDER BY 1
--# derived-columns
SELECT q.a, q.b FROM (SELECT channel, COUNT(*) FROM orders GROUP BY channel) AS q (a, b) ORDER BY q.a
--# values-rows
SELECT v.column_0, v.column_1 FROM (VALUES ROW(1, 'a'), ROW(2, 'b')) AS v ORDER BY 1
--# set-operation-except
SELECT country FROM customers EXCEPT SELECT country FROM customers WHERE vip ORDER BY country
--# set-operation-intersect
SELECT channel FROM orders WHERE discount > 0 INTERSECT SELECT channel FROM orders WHERE discount IS NULL ORDER BY channel
--# union-limits
(SELECT 'first' AS which, order_id FROM orders ORDER BY order_id LIMIT 1) UNION ALL (SELECT 'last', order_id FROM orders ORDER BY order_id DESC LIMIT 1) ORDER BY which
--# case
SELECT order_id, CASE channel WHEN 'web' THEN 'online' ELSE 'other' END, IF(discount > 0, 'yes', 'no'), IFNULL(note, 'none'), NULLIF(note, ''), COALESCE(note, status), ISNULL(note), ELT(2, 'a', 'b'), FIELD(channel, 'web', 'shop') FROM orders ORDER BY order_id
--# strings
SELECT UPPER(LEFT(name, 1)), LOWER(SUBSTRING(name, 2)), LENGTH(email), CHAR_LENGTH(name), SUBSTRING_INDEX(email, '@', -1), LOCATE('@', email), POSITION('@' IN email), INSTR(email, '@'), SUBSTRING(email FROM 2 FOR 3), MID(name, 1, 2), TRIM(LEADING 'A' FROM name), TRIM(BOTH ' ' FROM name), LPAD(customer_id, 8, '0'), REPLACE(email, 'example', 'test'), REVERSE(name), CONCAT_WS(', ', city, country), REPEAT('*', 3), INSERT(name, 1, 1, 'X'), RIGHT(country, 1), ASCII(name), HEX(name), FORMAT(customer_id, 2), SPACE(2), STRCMP(name, email), SOUNDEX(name), QUOTE(name), TO_BASE64(name) FROM customers ORDER BY customer_id
--# codes
SELECT ORD('a'), BIN(5), OCT(8), CONV('ff', 16, 10), UNHEX('4D')
--# numbers
SELECT ROUND(list_price / unit_cost, 2), CEIL(list_price), FLOOR(list_price), TRUNCATE(list_price, 1), ABS(-list_price), list_price DIV 3, list_price % 3, POW(2, 3), SQRT(16), LN(2), LOG(2, 8), LOG10(100), SIGN(-1), GREATEST(list_price, 5), LEAST(list_price, 7), PI(), 5 & 3, 5 | 2, 5 ^ 1, ~0 > 0, 1 << 3, -unit_cost, EXP(1), RADIANS(90) FROM products ORDER BY product_id
--# booleans
SELECT customer_id FROM customers WHERE vip IS TRUE OR vip = FALSE AND NOT country = 'FR' XOR country IN ('PT', 'AT') ORDER BY customer_id
--# symbols
SELECT order_id FROM orders WHERE channel = 'web' && discount > 0 || status != 'paid' ORDER BY order_id
--# row-comparison
SELECT order_id FROM orders WHERE (channel, status) IN (('web', 'paid'), ('shop', 'shipped')) AND (customer_id, order_id) > (1, 1) ORDER BY order_id
--# quantified
SELECT product_id FROM products WHERE list_price >= ALL (SELECT list_price FROM products) OR list_price = ANY (SELECT unit_price FROM order_items) OR product_id = SOME (SELECT 1001) ORDER BY 1
--# correlated
SELECT e.full_name FROM employees e WHERE e.salary > (SELECT AVG(x.salary) FROM employees x WHERE x.title = e.title) ORDER BY e.employee_id
--# exists
SELECT c.customer_id FROM customers c WHERE EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.customer_id AND o.channel = 'web') AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id AND o.status = 'cancelled') ORDER BY 1
--# limit-comma
SELECT order_id FROM orders ORDER BY order_id LIMIT 5, 3
--# order-by-field
SELECT order_id, status FROM orders ORDER BY FIELD(status, 'paid', 'placed'), order_id DESC
--# order-by-null
SELECT city, COUNT(*) AS n FROM customers GROUP BY city ORDER BY city IS NULL, city
--# order-by-alias-expression
SELECT product_id, list_price * 1.2 AS gross FROM products ORDER BY -gross, product_id
--# having-alias
SELECT customer_id, COUNT(*) AS n, SUM(discount) AS total FROM orders GROUP BY customer_id HAVING n > 2 AND total IS NOT NULL ORDER BY n DESC, customer_id
--# having-without-group
SELECT order_id, discount * 2 AS doubled FROM orders HAVING doubled > 5 ORDER BY order_id
--# group-by-alias
SELECT YEAR(ordered_at) AS y, MONTH(ordered_at) AS m, COUNT(*) FROM orders GROUP BY y, m ORDER BY y, m
--# aggregates
SELECT STDDEV(salary), STDDEV_SAMP(salary), VARIANCE(salary), VAR_SAMP(salary), BIT_AND(employee_id), BIT_OR(employee_id), COUNT(DISTINCT title, active), SUM(DISTINCT salary), ANY_VALUE(1) FROM employees
--# share-of-total
SELECT channel, COUNT(*) AS n, ROUND(100 * COUNT(*) / SUM(COUNT(*)) OVER (), 1) AS pct FROM orders GROUP BY channel ORDER BY channel
--# pivot
SELECT DATE_FORMAT(ordered_at, '%Y-%m') AS ym, SUM(channel = 'web') AS web, SUM(CASE WHEN channel = 'shop' THEN 1 END) AS shop, COUNT(IF(status = 'paid', 1, NULL)) AS paid FROM orders GROUP BY ym ORDER BY ym
--# cohort
WITH firsts AS (SELECT customer_id, MIN(DATE_FORMAT(ordered_at, '%Y-%m-01')) AS cohort FROM orders GROUP BY customer_id) SELECT f.cohort, PERIOD_DIFF(DATE_FORMAT(o.ordered_at, '%Y%m'), DATE_FORMAT(f.cohort, '%Y%m')) AS month_number, COUNT(DISTINCT o.customer_id) AS n FROM orders o JOIN firsts f ON f.customer_id = o.customer_id GROUP BY f.cohort, month_number ORDER BY 1, 2
--# sessions
WITH marked AS (SELECT user_key, occurred_at, IF(TIMESTAMPDIFF(MINUTE, LAG(occurred_at) OVER (PARTITION BY user_key ORDER BY occurred_at), occurred_at) > 360, 1, 0) AS is_new FROM events) SELECT user_key, SUM(is_new) FROM marked GROUP BY user_key ORDER BY user_key
--# median
SELECT AVG(salary) AS median FROM (SELECT salary, ROW_NUMBER() OVER (ORDER BY salary) AS rn, COUNT(*) OVER () AS n FROM employees) s WHERE rn IN (FLOOR((n + 1) / 2), CEIL((n + 1) / 2))
--# gaps-and-islands
SELECT MIN(day), MAX(day), COUNT(*) FROM (SELECT day, DATE_SUB(day, INTERVAL ROW_NUMBER() OVER (ORDER BY day) DAY) AS island FROM (SELECT DISTINCT DATE(ordered_at) AS day FROM orders) d) g GROUP BY island ORDER BY 1
--# anti-join
SELECT p.product_id FROM products p LEFT JOIN order_items i ON i.product_id = p.product_id AND i.quantity > 4 WHERE i.product_id IS NULL ORDER BY 1
--# right-and-cross-joins
SELECT c.customer_id, o.order_id FROM orders o RIGHT JOIN customers c ON c.customer_id = o.customer_id AND o.channel = 'web' CROSS JOIN (SELECT 1 AS one) x ORDER BY 1, 2
--# quoted-names
SELECT l.`Kind`, DATE(l.`created at`) AS `the day`, COUNT(*) AS `n` FROM `audit log` AS l WHERE l.`order` IS NOT NULL GROUP BY l.`Kind`, `the day` ORDER BY `the day`, l.`Kind`
--# string-alias
SELECT channel AS 'Channel name', COUNT(*) 'Orders' FROM orders GROUP BY channel ORDER BY channel
--# words-in-names
SELECT o.status AS `update`, o.channel AS `drop`, 'DELETE FROM x; --' AS `create`, '/* insert */' AS c FROM orders o ORDER BY o.order_id -- truncate later
--# hash-comment
SELECT channel, # the channel
  COUNT(*) /* how many */
FROM orders -- all of them
GROUP BY channel ORDER BY channel;
--# dual
SELECT 1 + 1 AS two FROM DUAL
--# unicode
SELECT 'Zoë' AS `prénom`, '日本' AS `地域`
--# between-dates
SELECT COUNT(*) FROM orders WHERE ordered_at BETWEEN '2024-01-01' AND '2024-12-31 23:59:59' AND ordered_at < TIMESTAMP '2025-01-01 00:00:00' AND ordered_at > TIMESTAMP('2020-01-01')
--# date-literals
SELECT DATE '2024-02-03', TIME '10:11:12', TIMESTAMP '2024-02-03 04:05:06', DATE('2024-02-03'), MAKEDATE(2024, 60), MAKETIME(10, 11, 12), TO_DAYS('2024-01-01'), FROM_DAYS(739000), SEC_TO_TIME(3661), TIME_TO_SEC('01:01:01')
--# parameters
SELECT order_id FROM orders WHERE channel = :channel AND ordered_at >= :since ORDER BY order_id LIMIT 5
--# uuid-functions
SELECT user_key, IS_UUID(user_key), HEX(REPLACE(user_key, '-', '')), COUNT(*) FROM events GROUP BY user_key ORDER BY user_key
--# network
SELECT INET_ATON('10.0.0.1'), INET_NTOA(167772161), IS_IPV4('10.0.0.1'), HEX(INET6_ATON('::1'))
--# rand
SELECT COUNT(*) <= 5 FROM (SELECT order_id FROM orders ORDER BY RAND() LIMIT 5) s
--# implicit-aliases
SELECT customer_id id, name label, COUNT(*) total FROM customers GROUP BY customer_id, name ORDER BY total DESC, id
--# is-unknown
SELECT COUNT(*) FROM orders WHERE (discount > 3) IS UNKNOWN OR (discount > 3) IS NOT FALSE
--# like-escape
SELECT name FROM customers WHERE name LIKE 'A%|%' ESCAPE '|' OR name LIKE 'Ada%' AND email NOT LIKE '%z%' ORDER BY name
--# first-in-group-by-join
SELECT o.* FROM orders o JOIN (SELECT customer_id, MAX(ordered_at) AS latest FROM orders GROUP BY customer_id) m ON m.customer_id = o.customer_id AND m.latest = o.ordered_at ORDER BY o.order_id
--# claude-style
-- Top customers by lifetime value
WITH customer_revenue AS (
    SELECT c.customer_id, c.name, COUNT(DISTINCT o.order_id) AS order_count, SUM(oi.quantity * oi.unit_price * (1 - COALESCE(o.discount, 0) / 100)) AS lifetime_value
    FROM customers c
    INNER JOIN orders o ON o.customer_id = c.customer_id
    INNER JOIN order_items oi ON oi.order_id = o.order_id
    WHERE o.status != 'cancelled'
    GROUP BY c.customer_id, c.name
), totals AS (SELECT SUM(lifetime_value) AS total_value FROM customer_revenue)
SELECT cr.name, cr.order_count, ROUND(cr.lifetime_value, 2) AS lifetime_value, ROUND(cr.lifetime_value / NULLIF(t.total_value, 0) * 100, 1) AS pct_of_total, DENSE_RANK() OVER (ORDER BY cr.lifetime_value DESC) AS value_rank
FROM customer_revenue cr
CROSS JOIN totals t
ORDER BY cr.lifetime_value DESC, cr.name
LIMIT 10;
--# keyword-aliases
SELECT COUNT(*) AS `count`, MAX(ordered_at) AS `date`, MIN(channel) AS value, 1 AS `key`, 2 AS position, 5 AS year, 6 AS month, 7 AS total FROM orders
--# schema-star tenant=no
SELECT shop.products.*, products.list_price * 1.2 AS gross FROM shop.products ORDER BY products.product_id
--# unnamed-count
SELECT COUNT(*), COUNT(1), COUNT(DISTINCT channel), MIN(ordered_at), MAX(ordered_at) FROM orders WHERE NOT status IN ('paid') AND note IS NOT NULL
--# if-null-division
SELECT category, SUM(list_price) / NULLIF(SUM(unit_cost), 0) AS margin, FORMAT(SUM(list_price), 2) AS total FROM products GROUP BY category ORDER BY category
--# aggregated-json
SELECT category, CAST(JSON_ARRAYAGG(JSON_OBJECT('sku', sku)) AS CHAR) IS NOT NULL FROM products GROUP BY category ORDER BY category
--# group-by-json-path
SELECT attributes->>'$.colour' AS colour, COUNT(*) AS n FROM products GROUP BY attributes->>'$.colour' ORDER BY colour
--# cast-array
SELECT event_id FROM events WHERE CAST(JSON_EXTRACT(payload, '$.ms') AS SIGNED) BETWEEN 100 AND 300 ORDER BY 1
--# weight-by-sum-over
SELECT DISTINCT channel, SUM(discount) OVER (PARTITION BY channel) AS s, COUNT(*) OVER (PARTITION BY channel) AS n FROM orders ORDER BY channel
--# count-if-null
SELECT SUM(IF(shipped_at IS NULL, 1, 0)) AS waiting, SUM(shipped_at IS NOT NULL) AS gone, AVG(TIMESTAMPDIFF(SECOND, ordered_at, shipped_at)) / 3600 AS hours FROM orders
