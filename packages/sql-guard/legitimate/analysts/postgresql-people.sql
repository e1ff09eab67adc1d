-- As analysts and models write them.
-- `--# id` begins a statement; `from=17` is the first major that has it, `tenant=no` what a tenant filter refuses; `--@` gives the values of $1 and on.
--# monthly-growth
WITH monthly AS (
  SELECT date_trunc('month', o.ordered_at)::date AS month, SUM(i.quantity * i.unit_price) AS revenue
  FROM orders o JOIN order_items i USING (order_id)
  WHERE o.status <> 'cancelled' -- keep paid ones
  GROUP BY 1
)
SELECT month, revenue, LAG(revenue) OVER (ORDER BY month) AS previous,
  ROUND(100.0 * (revenue - LAG(revenue) OVER (ORDER BY month)) / NULLIF(LAG(revenue) OVER (ORDER BY month), 0), 2) AS growth_pct
FROM monthly ORDER BY month;
--# running-total
SELECT order_id, ordered_at, SUM(discount) OVER (PARTITION BY customer_id ORDER BY ordered_at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running FROM orders ORDER BY order_id
--# moving-average
SELECT day, avg(n) OVER w AS moving, count(*) OVER w FROM (SELECT ordered_at::date AS day, count(*) AS n FROM orders GROUP BY 1) d WINDOW w AS (ORDER BY day RANGE BETWEEN INTERVAL '7 days' PRECEDING AND CURRENT ROW EXCLUDE TIES) ORDER BY day
--# window-groups-exclude
SELECT employee_id, salary, sum(salary) OVER (ORDER BY title GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE GROUP) AS around FROM employees ORDER BY employee_id
--# window-chain
SELECT full_name, rank() OVER by_title, first_value(full_name) OVER (by_title ROWS UNBOUNDED PRECEDING), nth_value(full_name, 2) OVER by_title, percent_rank() OVER by_title, ntile(3) OVER (ORDER BY salary) FROM employees WINDOW t AS (PARTITION BY title), by_title AS (t ORDER BY salary DESC, employee_id) ORDER BY employee_id
--# top-per-group
SELECT * FROM (SELECT p.*, ROW_NUMBER() OVER (PARTITION BY category ORDER BY list_price DESC, product_id) AS rn FROM products AS p) ranked WHERE rn <= 2 ORDER BY category, rn
--# distinct-on
SELECT DISTINCT ON (o.customer_id) o.customer_id, o.order_id, o.ordered_at FROM orders o ORDER BY o.customer_id, o.ordered_at DESC, o.order_id
--# distinct-on-expression
SELECT DISTINCT ON (date_trunc('week', ordered_at), channel) date_trunc('week', ordered_at) AS week, channel, order_id FROM orders ORDER BY date_trunc('week', ordered_at), channel, order_id DESC
--# lateral-top-n
SELECT c.name, latest.order_id, latest.ordered_at FROM customers c CROSS JOIN LATERAL (SELECT o.order_id, o.ordered_at FROM orders o WHERE o.customer_id = c.customer_id ORDER BY o.ordered_at DESC LIMIT 2) AS latest ORDER BY c.customer_id, latest.order_id
--# lateral-function
SELECT p.sku, t.tag, t.position FROM products p, unnest(p.tags) WITH ORDINALITY AS t(tag, position) ORDER BY p.sku, t.position
--# lateral-values
SELECT p.product_id, v.label, v.amount FROM products p CROSS JOIN LATERAL (VALUES ('list', p.list_price), ('cost', p.unit_cost)) AS v(label, amount) ORDER BY 1, 2
--# lateral-left-true
SELECT c.customer_id, s.total FROM customers c LEFT JOIN LATERAL (SELECT sum(i.quantity) AS total FROM orders o JOIN order_items i ON i.order_id = o.order_id WHERE o.customer_id = c.customer_id) s ON true ORDER BY 1
--# rollup
SELECT COALESCE(region, 'all regions') AS region, COALESCE(segment, 'all segments') AS segment, COUNT(*) FROM customers GROUP BY ROLLUP (region, segment) ORDER BY GROUPING(region, segment), 1, 2
--# cube
SELECT channel, status, count(*), grouping(channel) AS g1, grouping(status) AS g2 FROM orders GROUP BY CUBE (channel, status) ORDER BY channel NULLS LAST, status NULLS LAST
--# grouping-sets
SELECT country, segment, sum((settings -> 'limits' ->> 'seats')::int) AS seats FROM customers GROUP BY GROUPING SETS ((country, segment), (country), ()) ORDER BY 1 NULLS FIRST, 2 NULLS FIRST
--# grouping-sets-mixed
SELECT channel, date_trunc('month', ordered_at) AS m, status, count(*) FROM orders GROUP BY channel, ROLLUP (m), GROUPING SETS ((status), ()) HAVING count(*) > 1 ORDER BY 1, 2, 3
--# group-by-all-distinct
SELECT channel, status, count(*) FROM orders GROUP BY DISTINCT ROLLUP (channel, status), ROLLUP (channel) ORDER BY 1, 2, 3
--# percentiles
SELECT channel, percentile_cont(0.5) WITHIN GROUP (ORDER BY discount) AS median, percentile_disc(ARRAY[0.25, 0.75]) WITHIN GROUP (ORDER BY discount) AS quartiles, mode() WITHIN GROUP (ORDER BY status) FROM orders GROUP BY channel ORDER BY channel
--# filter-clauses
SELECT count(*) FILTER (WHERE status = 'paid') AS paid, avg(discount) FILTER (WHERE discount > 0) AS discounted, count(DISTINCT customer_id) FILTER (WHERE channel IN ('web', 'phone')) AS remote, bool_or(note IS NOT NULL) FROM orders
--# statistics
SELECT title, stddev_samp(salary), stddev_pop(salary), var_samp(salary), var_pop(salary), corr(salary, employee_id), covar_pop(salary, employee_id), regr_slope(salary, employee_id), regr_r2(salary, employee_id), regr_intercept(salary, employee_id), regr_count(salary, employee_id) FROM employees GROUP BY title ORDER BY title
--# calendar
SELECT d::date AS day, count(o.order_id) AS orders FROM generate_series(date '2024-01-01', date '2024-02-29', interval '1 day') AS d LEFT JOIN orders o ON o.ordered_at >= d AND o.ordered_at < d + interval '1 day' GROUP BY d ORDER BY d
--# calendar-bounds
WITH bounds AS (SELECT date_trunc('month', min(ordered_at)) AS lo, date_trunc('month', max(ordered_at)) AS hi FROM orders), months AS (SELECT generate_series(lo, hi, '1 month') AS m FROM bounds) SELECT to_char(m, 'YYYY-MM') AS month, (SELECT count(*) FROM orders o WHERE date_trunc('month', o.ordered_at) = m) FROM months ORDER BY m
--# calendar-left-join-coalesce
SELECT s.day, COALESCE(x.n, 0) FROM (SELECT generate_series('2024-03-01'::timestamp, '2024-03-05'::timestamp, '1 day'::interval)::date AS day) s LEFT JOIN (SELECT occurred_at::date AS day, count(*) AS n FROM events GROUP BY 1) x ON x.day = s.day ORDER BY s.day
--# date-bin
SELECT date_bin('15 minutes', occurred_at, TIMESTAMPTZ '2024-01-01') AS bucket, count(*) FROM events GROUP BY bucket ORDER BY bucket LIMIT 20
--# extracts
SELECT extract(isoyear FROM ordered_at) AS y, extract(week FROM ordered_at) AS w, date_part('isodow', ordered_at) AS d, extract(epoch FROM shipped_at - ordered_at) / 3600 AS hours, EXTRACT(quarter FROM ordered_at)::int AS q FROM orders ORDER BY order_id
--# ages
SELECT employee_id, age(DATE '2024-06-01', hired_on) AS tenure, extract(year FROM age(date '2024-06-01', hired_on))::int AS years, DATE '2024-06-01' - hired_on AS days, justify_days(make_interval(days => DATE '2024-06-01' - hired_on)) FROM employees ORDER BY 1
--# interval-arithmetic
SELECT order_id, ordered_at + INTERVAL '1 month - 1 day', ordered_at - 2 * interval '1 week', (shipped_at - ordered_at) > '2 hours', interval '1' day * quantity_days FROM (SELECT order_id, ordered_at, shipped_at, order_id % 3 AS quantity_days FROM orders) o ORDER BY order_id
--# time-zones
SELECT ordered_at AT TIME ZONE 'America/New_York' AS local, (ordered_at AT TIME ZONE 'UTC')::date AS day, timezone('Asia/Tokyo', ordered_at), date_trunc('day', ordered_at, 'Europe/Madrid') FROM orders ORDER BY order_id
--# date-literals
SELECT order_id FROM orders WHERE ordered_at >= TIMESTAMP WITH TIME ZONE '2024-02-01 00:00:00+01' AND ordered_at < CURRENT_TIMESTAMP AND ordered_at::time BETWEEN TIME '00:00' AND '23:59:59' ORDER BY order_id
--# date-formatting
SELECT to_char(ordered_at, 'FMDay, DD Mon YYYY HH24:MI:SS'), to_char(discount, 'FM999D00'), to_char(interval '90 minutes', 'HH24:MI'), to_date('03 Feb 2024', 'DD Mon YYYY'), to_timestamp('2024-02-03', 'YYYY-MM-DD'), to_timestamp(1700000000), to_number('12,454.8-', '99G999D9S') FROM orders ORDER BY order_id LIMIT 3
--# make-dates
SELECT make_date(2024, 2, 29), make_time(8, 15, 23.5), make_timestamp(2024, 7, 15, 8, 15, 23.5), make_timestamptz(2024, 7, 15, 8, 15, 23.5, 'UTC'), make_interval(months => 3, hours => 2), isfinite(date 'infinity'), date_trunc('decade', date '2024-02-03')
--# overlaps
SELECT count(*) FROM orders WHERE (ordered_at, shipped_at) OVERLAPS (TIMESTAMPTZ '2024-02-01', INTERVAL '1 month')
--# fiscal-year
SELECT CASE WHEN EXTRACT(MONTH FROM ordered_at) >= 4 THEN EXTRACT(YEAR FROM ordered_at) + 1 ELSE EXTRACT(YEAR FROM ordered_at) END AS fiscal_year, COUNT(*) FROM orders GROUP BY 1 ORDER BY 1
--# last-n-days
SELECT count(*) FROM events WHERE occurred_at > now() - interval '30 days' OR occurred_at >= CURRENT_DATE - 90 OR occurred_at >= (current_date - interval '1 year')::timestamptz OR occurred_at > localtimestamp - '1 hour'::interval
--# month-end
SELECT (date_trunc('month', hired_on) + interval '1 month - 1 day')::date AS month_end, count(*) FROM employees GROUP BY 1 ORDER BY 1
--# jsonb-access
SELECT payload ->> 'page' AS page, (payload ->> 'ms')::int AS ms, payload #>> '{utm,source}' AS source, payload -> 'items' -> 0 ->> 'sku' AS first_sku, payload['page'] AS subscripted, payload['items'][0]['qty'] FROM events ORDER BY event_id LIMIT 10
--# jsonb-filter
SELECT event_id FROM events WHERE payload @> '{"utm": {"source": "mail"}}' AND payload ? 'items' AND NOT payload ?| array['x', 'y'] AND payload ?& ARRAY['page', 'ms'] ORDER BY event_id
--# jsonb-elements
SELECT e.event_id, item ->> 'sku' AS sku, (item ->> 'qty')::numeric AS qty FROM events e CROSS JOIN LATERAL jsonb_array_elements(e.payload -> 'items') AS item ORDER BY e.event_id LIMIT 10
--# jsonb-elements-ordinality
SELECT e.event_id, i.item ->> 'sku', i.n FROM events e, jsonb_array_elements(e.payload -> 'items') WITH ORDINALITY AS i(item, n) ORDER BY 1, 3 LIMIT 5
--# jsonb-each
SELECT p.product_id, kv.key, kv.value FROM products p, jsonb_each_text(p.attributes) AS kv(key, value) ORDER BY 1, 2
--# jsonb-each-unaliased
SELECT product_id, key, value FROM products, jsonb_each(attributes) WHERE key <> 'sizes' ORDER BY 1, 2
--# jsonb-keys
SELECT DISTINCT k FROM products, jsonb_object_keys(attributes) AS k ORDER BY k
--# jsonb-record
SELECT e.event_id, r.sku, r.qty FROM events e, jsonb_to_recordset(e.payload -> 'items') AS r(sku text, qty int) WHERE r.qty > 1 ORDER BY 1, 2
--# jsonb-record-one
SELECT x.colour, x.weight FROM products p CROSS JOIN LATERAL jsonb_to_record(p.attributes) AS x(colour text, weight numeric(6, 2)) ORDER BY p.product_id
--# jsonb-path
SELECT jsonb_path_query_array(payload, '$.items[*].qty'), jsonb_path_exists(payload, '$.items[*] ? (@.qty > $min)', '{"min": 1}'), payload @? '$.utm.source', payload @@ '$.ms > 100', jsonb_path_query_first(payload, '$.items[*].sku') FROM events ORDER BY event_id LIMIT 5
--# jsonb-path-rows
SELECT e.event_id, q FROM events e, jsonb_path_query(e.payload, '$.items[*] ? (@.qty >= 1)') AS q ORDER BY 1 LIMIT 5
--# jsonb-build
SELECT jsonb_build_object('id', customer_id, 'names', jsonb_build_array(name, email), 'meta', settings || '{"x": 1}') - 'missing', jsonb_set(settings, '{limits,seats}', '9'), settings #- '{limits}', jsonb_strip_nulls(settings), jsonb_pretty(settings), jsonb_typeof(settings -> 'limits'), to_jsonb(c) - 'settings' FROM customers c ORDER BY customer_id LIMIT 3
--# json-aggregates
SELECT segment, json_agg(json_build_object('name', name, 'city', city) ORDER BY name) AS people, jsonb_object_agg(customer_id, city) FILTER (WHERE city IS NOT NULL), json_object_agg(email, vip ORDER BY email) FROM customers GROUP BY segment ORDER BY segment
--# row-to-json
SELECT row_to_json(t) FROM (SELECT order_id, channel FROM orders ORDER BY order_id LIMIT 3) t
--# json-constructors
SELECT JSON_OBJECT('id': order_id, 'channel' VALUE channel ABSENT ON NULL), JSON_ARRAY(order_id, channel, note NULL ON NULL), JSON_ARRAY(SELECT i.product_id FROM order_items i WHERE i.order_id = o.order_id ORDER BY 1) FROM orders o ORDER BY order_id LIMIT 3
--# json-constructor-aggregates
SELECT channel, JSON_ARRAYAGG(order_id ORDER BY order_id RETURNING jsonb), JSON_OBJECTAGG(order_id: status ABSENT ON NULL WITH UNIQUE KEYS) FROM orders GROUP BY channel ORDER BY channel
--# is-json
SELECT note IS JSON, payload::text IS JSON OBJECT, '[1]' IS JSON ARRAY WITH UNIQUE KEYS FROM orders o JOIN events e ON e.event_id = o.order_id ORDER BY o.order_id LIMIT 2
--# json-table from=17
SELECT e.event_id, jt.* FROM events e, JSON_TABLE(e.payload, '$' COLUMNS (page text PATH '$.page', ms int PATH '$.ms', NESTED PATH '$.items[*]' COLUMNS (n FOR ORDINALITY, sku text PATH '$.sku', qty numeric PATH '$.qty' DEFAULT 0 ON EMPTY))) AS jt ORDER BY e.event_id, jt.n LIMIT 10
--# json-table-passing from=17
SELECT jt.sku, count(*) FROM events e CROSS JOIN JSON_TABLE(e.payload, '$.items[*] ? (@.qty > $least)' PASSING 0 AS least COLUMNS (sku text PATH '$.sku', has_qty boolean EXISTS PATH '$.qty', raw jsonb FORMAT JSON PATH '$' KEEP QUOTES)) jt GROUP BY jt.sku ORDER BY 1
--# json-query from=17
SELECT JSON_VALUE(payload, '$.ms' RETURNING int DEFAULT 0 ON EMPTY ERROR ON ERROR), JSON_QUERY(payload, '$.items[*].sku' WITH WRAPPER), JSON_EXISTS(payload, '$.utm.source'), JSON_SERIALIZE(payload RETURNING text), JSON_SCALAR(event_id), JSON('{"a": 1}') FROM events ORDER BY event_id LIMIT 3
--# array-functions
SELECT product_id, array_length(tags, 1), cardinality(tags), tags[1], tags[1:2], tags || 'x'::text, array_position(tags, 'new'), array_remove(tags, 'new'), array_to_string(tags, ', '), array_append(tags, 'z'), array_cat(tags, ARRAY['q']), array_replace(tags, 'new', 'old'), 'new' = ANY (tags), tags && '{new}', tags <@ ARRAY['a', 'new'] FROM products ORDER BY 1
--# array-aggregates
SELECT category, array_agg(DISTINCT name ORDER BY name) AS names, array_agg(list_price ORDER BY list_price DESC) FILTER (WHERE list_price > 20) AS prices, (array_agg(sku ORDER BY unit_cost DESC, sku))[1] AS dearest FROM products GROUP BY category ORDER BY 1
--# array-subquery
SELECT c.customer_id, ARRAY(SELECT o.order_id FROM orders o WHERE o.customer_id = c.customer_id ORDER BY 1) AS ids FROM customers c ORDER BY 1
--# array-literals
SELECT ARRAY[[1, 2], [3, 4]], '{1,2,3}'::int[], ARRAY[]::text[], array_fill(0, ARRAY[3]), string_to_array('a,b', ','), (ARRAY[10, 20, 30])[2], array_upper(ARRAY[1, 2], 1), array_dims(ARRAY[[1], [2]]), 3 <> ALL (ARRAY[1, 2])
--# unnest-several
SELECT a, b, n FROM unnest(ARRAY[1, 2, 3], ARRAY['x', 'y']) WITH ORDINALITY AS u(a, b, n) ORDER BY n
--# rows-from
SELECT * FROM ROWS FROM (generate_series(1, 3), unnest(ARRAY['a', 'b'])) AS r(n, letter) ORDER BY n
--# string-functions
SELECT upper(left(name, 1)) || lower(substr(name, 2)), initcap(name), length(email), split_part(email, '@', 2), position('@' in email), substring(email from '@(.+)$'), overlay(name placing 'X' from 1 for 1), trim(both ' ' from name), lpad(customer_id::text, 8, '0'), replace(email, 'example', 'test'), reverse(name), translate(name, 'aeiou', '*****'), ascii(name), chr(65), md5(email), concat_ws(', ', city, country), strpos(email, 'mail'), right(country, 1), btrim(name), repeat('*', 3) FROM customers ORDER BY customer_id
--# format-function
SELECT format('%s <%s>', name, email), format('%-12s|%5s', segment, country), format('%I', 'a b'), format('%L', city), format('%2$s %1$s', 'a', 'b') FROM customers ORDER BY customer_id LIMIT 4
--# string-agg
SELECT country, string_agg(name, '; ' ORDER BY customer_since DESC, name) AS names, string_agg(DISTINCT segment, ',') FROM customers GROUP BY country ORDER BY country
--# regexp-functions
SELECT regexp_replace(email, '@.*$', ''), regexp_matches(email, '^(\w+?)(\d+)@'), (regexp_match(email, '@([^.]+)'))[1], regexp_split_to_array(name, '\s+'), regexp_count(name, '[aeiou]'), regexp_substr(name, '\d+'), regexp_instr(name, '\d'), regexp_like(name, '^a', 'i') FROM customers ORDER BY customer_id
--# regexp-operators
SELECT name FROM customers WHERE name ~ '^[A-G]' AND name !~* 'barb' AND email SIMILAR TO '%(example|test)%' AND email NOT LIKE '%\_%' AND city IS DISTINCT FROM 'Lyon' ORDER BY name
--# split-to-table
SELECT c.customer_id, w FROM customers c, regexp_split_to_table(c.name, ' ') AS w ORDER BY 1, 2 LIMIT 6
--# string-to-table
SELECT word, count(*) FROM articles, string_to_table(lower(body), ' ') AS word GROUP BY word ORDER BY 2 DESC, 1 LIMIT 5
--# like-any
SELECT sku FROM products WHERE name LIKE ANY (ARRAY['Lamp%', 'Desk%']) OR name ILIKE ALL ('{%s%,%h%}') OR starts_with(name, 'Sh') ORDER BY sku
--# full-text
SELECT article_id, ts_rank(search, q) AS rank, ts_headline('english', body, q, 'MaxWords=10, MinWords=3') FROM articles, plainto_tsquery('english', 'planner joins') AS q WHERE search @@ q ORDER BY rank DESC, article_id
--# full-text-inline
SELECT title FROM articles WHERE to_tsvector('english', title || ' ' || body) @@ websearch_to_tsquery('english', '"chooses indexes" -foo') OR search @@ to_tsquery('join & plan:*') OR search @@ ('index' || ':*')::tsquery ORDER BY article_id
--# full-text-weights
SELECT article_id, ts_rank_cd(setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', coalesce(body, '')), 'B'), phraseto_tsquery('simple', 'part 2')) FROM articles ORDER BY 2 DESC, 1 LIMIT 3
--# recursive-tree
WITH RECURSIVE tree AS (
  SELECT employee_id, manager_id, full_name, 1 AS depth, ARRAY[employee_id] AS path FROM employees WHERE manager_id IS NULL
  UNION ALL
  SELECT e.employee_id, e.manager_id, e.full_name, t.depth + 1, t.path || e.employee_id FROM employees e JOIN tree t ON e.manager_id = t.employee_id
)
SELECT repeat('  ', 3) || full_name AS name, depth, path FROM tree ORDER BY path
--# recursive-numbers
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i, sum(i) OVER (ORDER BY i) FROM n
--# recursive-dates
WITH RECURSIVE d AS (SELECT DATE '2024-01-31' AS day UNION ALL SELECT (day + INTERVAL '1 month')::date FROM d WHERE day < DATE '2024-06-01') SELECT day FROM d
--# recursive-search-depth
WITH RECURSIVE t(employee_id, manager_id) AS (SELECT employee_id, manager_id FROM employees WHERE manager_id IS NULL UNION ALL SELECT e.employee_id, e.manager_id FROM employees e, t WHERE e.manager_id = t.employee_id) SEARCH DEPTH FIRST BY employee_id SET ordering SELECT employee_id FROM t ORDER BY ordering
--# recursive-search-breadth-cycle
WITH RECURSIVE t AS (SELECT employee_id, manager_id, 0 AS level FROM employees WHERE manager_id IS NULL UNION ALL SELECT e.employee_id, e.manager_id, level + 1 FROM employees e JOIN t ON e.manager_id = t.employee_id) SEARCH BREADTH FIRST BY employee_id SET seq CYCLE employee_id SET is_cycle USING route SELECT employee_id, level, is_cycle FROM t WHERE NOT is_cycle ORDER BY seq
--# recursive-cycle-to
WITH RECURSIVE walk(id) AS (SELECT 1 UNION ALL SELECT id % 3 + 1 FROM walk) CYCLE id SET looped TO 'Y' DEFAULT 'N' USING trail SELECT id, looped FROM walk ORDER BY id, looped
--# recursive-two
WITH RECURSIVE a AS (SELECT 1 AS x UNION SELECT x + 1 FROM a WHERE x < 3), b AS (SELECT x * 10 AS y FROM a) SELECT a.x, b.y FROM a, b ORDER BY 1, 2
--# values-list
SELECT v.code, v.label, count(c.customer_id) FROM (VALUES ('FR', 'France'), ('PT', 'Portugal'), ('XX', NULL)) AS v(code, label) LEFT JOIN customers c ON c.country = v.code GROUP BY 1, 2 ORDER BY 1
--# values-statement
VALUES (1, 'one'), (2, 'two') ORDER BY 1 DESC LIMIT 1
--# values-cte
WITH targets(channel, goal) AS (VALUES ('web', 10), ('shop', 5)) SELECT t.channel, t.goal, count(o.*) AS actual FROM targets t LEFT JOIN orders o ON o.channel = t.channel GROUP BY t.channel, t.goal ORDER BY t.channel
--# row-comparison
SELECT order_id FROM orders WHERE (ordered_at, order_id) > (TIMESTAMPTZ '2024-02-01', 0) AND (channel, status) IN (('web', 'paid'), ('shop', 'shipped')) AND ROW(channel, 1) IS NOT DISTINCT FROM ROW(channel, 1) ORDER BY ordered_at, order_id LIMIT 5
--# is-distinct
SELECT count(*) FROM orders WHERE discount IS DISTINCT FROM 5 AND note IS NOT DISTINCT FROM NULL AND (status = 'paid') IS NOT FALSE AND (discount > 3) IS UNKNOWN
--# tablesample tenant=no
SELECT count(*) >= 0 FROM orders TABLESAMPLE BERNOULLI (50) REPEATABLE (7)
--# tablesample-system tenant=no
SELECT avg(o.discount) IS NULL FROM orders AS o TABLESAMPLE SYSTEM (10.5) WHERE o.channel = 'web'
--# casts
SELECT order_id::text, discount::float8, discount::int, '42'::bigint, CAST('2024-02-03' AS timestamp), '12:00'::time with time zone, 1::boolean, 'yes'::bool, '550e8400-e29b-41d4-a716-446655440000'::uuid, '10.1.0.0/16'::cidr, '08:00:2b:01:02:03'::macaddr, '(1,2)'::point::text, '1 day'::interval, '$12.50'::money, '{"a":1}'::json::text, '\xdeadbeef'::bytea, B'101'::bit(3), '[1,5)'::int4range, 'a b'::tsvector, 12.5::numeric(6, 1), 'abc'::varchar(2), 'abc'::char(5), 3.7::smallint, 1e10::real, '1,2'::text::name FROM orders ORDER BY order_id LIMIT 1
--# cast-enum
SELECT order_id FROM orders WHERE status = 'paid'::order_state OR status = ANY (ARRAY['shipped', 'placed']::public.order_state[]) ORDER BY order_id
--# cast-domain-free
SELECT order_id, status::text, status > 'placed' AS later FROM orders WHERE status IN ('paid', 'shipped') ORDER BY status DESC, order_id
--# ranges
SELECT employee_id, lower(hours), upper(hours), hours @> 9, hours * int4range(9, 15), hours && '[10,11)'::int4range, upper_inc(hours), isempty(hours), range_merge(hours, int4range(1, 2)), hours -|- int4range(1, 8) FROM employees ORDER BY 1
--# range-events
SELECT event_id FROM events WHERE visit && tstzrange('2024-03-01 02:00+00', '2024-03-01 03:00+00', '[]') AND visit @> '2024-03-01 02:40+00'::timestamptz ORDER BY 1
--# range-aggregate
SELECT name, range_agg(visit) AS visits, range_intersect_agg(visit) FROM events GROUP BY name ORDER BY name
--# multirange
SELECT unnest(datemultirange(daterange('2024-01-01', '2024-02-01'), daterange('2024-01-15', '2024-03-01'))), '{[1,3),[5,7)}'::int4multirange @> 2
--# network
SELECT ip, host(ip), network(set_masklen(ip, 16)), family(ip), ip << inet '10.0.0.0/8', masklen(ip), ip + 1, count(*) OVER (PARTITION BY set_masklen(ip, 24)) FROM events ORDER BY ip, event_id LIMIT 5
--# uuid
SELECT user_key, count(*) FROM events WHERE user_key = '00000000-0000-4000-8000-000000000003' OR user_key::text LIKE '%1' GROUP BY user_key ORDER BY user_key
--# bytea
SELECT employee_id, encode(photo, 'hex'), octet_length(photo), length(photo), get_byte(photo, 0), sha256(photo), substring(photo from 1 for 2), encode(photo, 'base64') FROM employees ORDER BY 1
--# nulls-last
SELECT customer_id, city FROM customers ORDER BY city DESC NULLS LAST, customer_since NULLS FIRST, customer_id
--# with-ties
SELECT order_id, discount FROM orders ORDER BY discount DESC NULLS LAST FETCH FIRST 3 ROWS WITH TIES
--# fetch-offset
SELECT order_id FROM orders ORDER BY order_id OFFSET 5 ROWS FETCH NEXT 5 ROWS ONLY
--# set-operations
(SELECT country FROM customers WHERE vip UNION SELECT country FROM customers WHERE segment = 'public') EXCEPT (SELECT 'DE' INTERSECT SELECT country FROM customers) ORDER BY country
--# set-operation-nested
SELECT n, count(*) FROM ((SELECT channel AS n FROM orders UNION ALL SELECT name FROM events) INTERSECT ALL (SELECT channel FROM orders UNION ALL SELECT 'buy')) AS u GROUP BY n ORDER BY n
--# set-operation-limits
(SELECT 'first' AS which, order_id FROM orders ORDER BY order_id LIMIT 1) UNION ALL (SELECT 'last', order_id FROM orders ORDER BY order_id DESC LIMIT 1) ORDER BY which
--# table-command
WITH big AS (SELECT * FROM products WHERE list_price > 30) TABLE big ORDER BY product_id
--# cohort
WITH first_orders AS (
  SELECT customer_id, date_trunc('month', min(ordered_at)) AS cohort FROM orders GROUP BY customer_id
), activity AS (
  SELECT f.cohort, (extract(year FROM age(date_trunc('month', o.ordered_at), f.cohort)) * 12 + extract(month FROM age(date_trunc('month', o.ordered_at), f.cohort)))::int AS month_number, o.customer_id
  FROM orders o JOIN first_orders f USING (customer_id)
)
SELECT cohort::date, month_number, count(DISTINCT customer_id) AS customers, round(count(DISTINCT customer_id)::numeric / first_value(count(DISTINCT customer_id)) OVER (PARTITION BY cohort ORDER BY month_number), 3) AS retention
FROM activity GROUP BY cohort, month_number ORDER BY cohort, month_number
--# funnel
SELECT count(DISTINCT user_key) FILTER (WHERE name = 'view') AS viewed, count(DISTINCT user_key) FILTER (WHERE name = 'cart') AS carted, count(DISTINCT user_key) FILTER (WHERE name = 'buy') AS bought, round(100.0 * count(DISTINCT user_key) FILTER (WHERE name = 'buy') / nullif(count(DISTINCT user_key) FILTER (WHERE name = 'view'), 0), 1) || '%' AS rate FROM events
--# sessions
WITH marked AS (SELECT user_key, occurred_at, CASE WHEN occurred_at - lag(occurred_at) OVER (PARTITION BY user_key ORDER BY occurred_at) > interval '6 hours' THEN 1 ELSE 0 END AS is_new FROM events), numbered AS (SELECT *, sum(is_new) OVER (PARTITION BY user_key ORDER BY occurred_at) AS session_no FROM marked) SELECT user_key, session_no, min(occurred_at) AS started, max(occurred_at) - min(occurred_at) AS lasted, count(*) FROM numbered GROUP BY 1, 2 ORDER BY 1, 2
--# gaps-and-islands
SELECT min(day) AS from_day, max(day) AS to_day, count(*) AS days FROM (SELECT day, day - (row_number() OVER (ORDER BY day))::int AS island FROM (SELECT DISTINCT ordered_at::date AS day FROM orders) d) g GROUP BY island ORDER BY 1
--# pareto
WITH revenue AS (SELECT p.name, sum(i.quantity * i.unit_price) AS r FROM order_items i JOIN products p ON p.product_id = i.product_id GROUP BY p.name), ranked AS (SELECT name, r, sum(r) OVER (ORDER BY r DESC, name) / sum(r) OVER () AS cumulative FROM revenue) SELECT name, r, round(cumulative, 4), CASE WHEN cumulative <= 0.8 THEN 'A' WHEN cumulative <= 0.95 THEN 'B' ELSE 'C' END AS class FROM ranked ORDER BY r DESC, name
--# pivot-filter
SELECT date_trunc('month', ordered_at)::date AS "Month", count(*) FILTER (WHERE channel = 'web') AS "Web", count(*) FILTER (WHERE channel = 'shop') AS "Shop", count(*) AS "Total" FROM orders GROUP BY "Month" ORDER BY "Month"
--# rfm
SELECT customer_id, ntile(5) OVER (ORDER BY last_at, customer_id) AS r, ntile(5) OVER (ORDER BY n, customer_id) AS f, ntile(5) OVER (ORDER BY money NULLS FIRST, customer_id) AS m FROM (SELECT o.customer_id, max(o.ordered_at) AS last_at, count(DISTINCT o.order_id) AS n, sum(i.quantity * i.unit_price) AS money FROM orders o LEFT JOIN order_items i USING (order_id) GROUP BY o.customer_id) x ORDER BY customer_id
--# histogram
SELECT width_bucket(list_price, 0, 100, 5) AS bucket, numrange(min(list_price), max(list_price), '[]') AS prices, count(*), repeat('#', 4) AS bar FROM products GROUP BY bucket ORDER BY bucket
--# year-over-year
SELECT extract(month FROM ordered_at) AS m, sum(CASE WHEN extract(year FROM ordered_at) = 2024 THEN 1 ELSE 0 END) AS this_year, sum(CASE WHEN extract(year FROM ordered_at) = 2023 THEN 1 ELSE 0 END) AS last_year FROM orders GROUP BY m ORDER BY m
--# correlated-avg
SELECT e.full_name, e.salary FROM employees e WHERE e.salary > (SELECT avg(x.salary) FROM employees x WHERE x.title = e.title) ORDER BY e.employee_id
--# self-join
SELECT e.full_name AS employee, m.full_name AS manager FROM employees e LEFT JOIN employees m ON e.manager_id = m.employee_id ORDER BY e.employee_id
--# anti-join
SELECT p.product_id FROM products p LEFT JOIN order_items i ON i.product_id = p.product_id AND i.quantity > 4 WHERE i.product_id IS NULL ORDER BY 1
--# not-in-null-safe
SELECT customer_id FROM customers WHERE customer_id NOT IN (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL AND channel = 'phone') ORDER BY 1
--# all-any
SELECT product_id FROM products WHERE list_price >= ALL (SELECT list_price FROM products) OR list_price = ANY (SELECT unit_price FROM order_items) OR product_id = SOME (ARRAY[1001, 1002]) ORDER BY 1
--# full-join
SELECT COALESCE(a.country, b.country) AS country, a.n, b.m FROM (SELECT country, count(*) AS n FROM customers WHERE vip GROUP BY country) a FULL OUTER JOIN (SELECT country, count(*) AS m FROM customers WHERE NOT vip GROUP BY country) b ON a.country = b.country ORDER BY 1
--# join-using-merged
SELECT order_id, customer_id, c.name, line_number FROM orders JOIN customers c USING (customer_id) LEFT JOIN order_items USING (order_id) ORDER BY order_id, line_number
--# join-using-alias
SELECT j.order_id, i.quantity FROM orders o JOIN order_items i USING (order_id) AS j ORDER BY j.order_id, i.line_number
--# natural-join
SELECT a.x, y FROM (SELECT 1 AS x, 2 AS y) a NATURAL JOIN (SELECT 1 AS x) b
--# parenthesised-joins
SELECT o.order_id, c.name, p.name FROM ((orders o INNER JOIN customers c ON c.customer_id = o.customer_id) INNER JOIN (order_items i INNER JOIN products p ON p.product_id = i.product_id) ON i.order_id = o.order_id) ORDER BY 1, 3
--# case-simple
SELECT order_id, CASE channel WHEN 'web' THEN 'online' WHEN 'phone' THEN 'call' ELSE 'store' END AS kind, CASE WHEN discount IS NULL THEN 'none' WHEN discount BETWEEN 0 AND 5 THEN 'low' ELSE 'high' END FROM orders ORDER BY 1
--# math
SELECT list_price, round(list_price / unit_cost, 2), ceil(list_price), floor(list_price), trunc(list_price, 1), abs(-list_price), mod(product_id, 3), product_id % 4, power(list_price, 2), sqrt(list_price), exp(1), ln(list_price), log(10, list_price), sign(list_price - 30), greatest(list_price, unit_cost, 5), least(list_price, 7), div(product_id, 7), gcd(12, 18), lcm(4, 6), pi(), degrees(1), radians(90), cbrt(27), list_price ^ 2, |/ 16.0, @ -5, 5 & 3, 5 | 2, 5 # 1, ~5, 1 << 3 FROM products ORDER BY product_id
--# nulls
SELECT coalesce(note, 'none'), nullif(note, ''), num_nulls(note, discount, shipped_at), num_nonnulls(note), note IS NULL, discount ISNULL, discount NOTNULL FROM orders ORDER BY order_id
--# parameters-positional
SELECT order_id FROM orders WHERE channel = $1 AND ordered_at >= $2::date AND ($3::int IS NULL OR customer_id = $3) AND status = ANY ($4::text[]::order_state[]) ORDER BY order_id LIMIT $5
--@ ["web", "2024-01-01", null, ["paid", "placed", "shipped"], 5]
--# parameters-cast
SELECT order_id FROM orders WHERE channel = $1 AND ordered_at >= $2::date AND ($3::int IS NULL OR customer_id = $3) AND ordered_at < now() - make_interval(days => $4) ORDER BY order_id LIMIT $5
--@ ["web", "2024-01-01", null, 3, 5]
--# parameters-like
SELECT name FROM customers WHERE name ILIKE '%' || $1 || '%' OR email LIKE concat($2::text, '%') ORDER BY name
--@ ["ada", "user1"]
--# parameters-between
SELECT count(*) FROM orders WHERE ordered_at BETWEEN $1 AND $2 AND discount BETWEEN SYMMETRIC $3 AND $4
--@ ["2024-01-01", "2024-12-31", 10, 0]
--# words-in-names
SELECT o.status AS "update", o.channel AS "drop table", 'DELETE FROM x; --' AS "create", o.ordered_at AS created_at, '/* insert */' AS comment FROM orders o ORDER BY o.order_id -- truncate later
--# unicode
SELECT 'Zoë' AS "prénom", U&'\00e9' AS e, E'tab\there', 'it''s', $$dollar 'quoted'$$, $q$nested $$ here$q$, N'national', '日本' AS 地域
--# comment-styles
/* Report: orders per channel
   /* nested */ owner: finance */
SELECT channel -- the channel
     , count(*) /* how many */ AS n
FROM orders
-- WHERE status = 'paid'
GROUP BY channel
ORDER BY n DESC, channel
;
--# claude-style
-- Top customers by lifetime value, with their share of the total
WITH customer_revenue AS (
    -- Revenue excludes cancelled orders
    SELECT
        c.customer_id,
        c.name,
        COUNT(DISTINCT o.order_id) AS order_count,
        SUM(oi.quantity * oi.unit_price * (1 - COALESCE(o.discount, 0) / 100.0)) AS lifetime_value
    FROM customers c
    INNER JOIN orders o ON o.customer_id = c.customer_id
    INNER JOIN order_items oi ON oi.order_id = o.order_id
    WHERE o.status != 'cancelled'
    GROUP BY c.customer_id, c.name
),
totals AS (
    SELECT SUM(lifetime_value) AS total_value FROM customer_revenue
)
SELECT
    cr.name,
    cr.order_count,
    ROUND(cr.lifetime_value::numeric, 2) AS lifetime_value,
    ROUND((cr.lifetime_value / NULLIF(t.total_value, 0) * 100)::numeric, 1) AS pct_of_total,
    DENSE_RANK() OVER (ORDER BY cr.lifetime_value DESC) AS rank
FROM customer_revenue cr
CROSS JOIN totals t
ORDER BY cr.lifetime_value DESC, cr.name
LIMIT 10;
--# gpt-style
WITH RankedProducts AS (SELECT p.category AS Category, p.name AS ProductName, SUM(oi.quantity) AS TotalSold, RANK() OVER (PARTITION BY p.category ORDER BY SUM(oi.quantity) DESC) AS SalesRank FROM products AS p JOIN order_items AS oi ON p.product_id = oi.product_id GROUP BY p.category, p.name) SELECT Category, ProductName, TotalSold FROM RankedProducts WHERE SalesRank <= 3 ORDER BY Category, SalesRank, ProductName;
--# exists-star
SELECT c.customer_id FROM customers c WHERE EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.customer_id AND o.channel = 'web') AND NOT EXISTS (SELECT FROM orders o WHERE o.customer_id = c.customer_id AND o.status = 'cancelled') ORDER BY 1
--# scalar-in-from-less
SELECT (SELECT count(*) FROM orders) AS orders, (SELECT count(*) FROM customers) AS customers, (SELECT count(*) FROM orders) / NULLIF((SELECT count(*) FROM customers), 0)::numeric AS ratio
--# limit-expression
SELECT order_id FROM orders ORDER BY order_id LIMIT 2 + 1 OFFSET (SELECT 1)
--# collate
SELECT name COLLATE "C" AS n FROM customers WHERE name < 'B' COLLATE "C" ORDER BY name COLLATE "C" DESC
--# operator-syntax
SELECT order_id FROM orders WHERE order_id OPERATOR(pg_catalog.>) 1030 ORDER BY order_id USING <
--# whole-row
SELECT o FROM orders o ORDER BY o.order_id LIMIT 1
--# count-row
SELECT count(o.*), count(DISTINCT (o.channel, o.status)) FROM orders o
--# composite-of-relation
SELECT (o).channel, (o.status)::text FROM orders o ORDER BY (o).order_id LIMIT 2
--# xml
SELECT xmlelement(name customer, xmlattributes(customer_id AS id), xmlforest(name, city))::text, xmlserialize(content xmlagg(xmlelement(name c, country)) AS text) FROM customers GROUP BY customer_id, name, city ORDER BY customer_id LIMIT 2
--# xpath
SELECT (xpath('/a/b/text()', '<a><b>1</b></a>'::xml))[1]::text, xmlexists('//b' PASSING '<a><b/></a>'), x.* FROM XMLTABLE('/r/i' PASSING '<r><i id="1">a</i><i id="2">b</i></r>' COLUMNS id int PATH '@id', t text PATH '.') AS x
--# geometric
SELECT point(1, 2) <-> point(4, 6), box '((0,0),(1,1))' @> point '(0.5,0.5)', area(circle '<(0,0),1>'), '(1,2)'::point <@ box '((0,0),(3,3))'
--# random-sample
SELECT count(*) <= 5 FROM (SELECT order_id FROM orders ORDER BY random() LIMIT 5) s
--# bit-and-bool-aggregates
SELECT bool_and(active), every(active), bit_and(employee_id), bit_or(employee_id), any_value(1), min(full_name), max(hired_on) FROM employees
--# hypothetical
SELECT rank(3000) WITHIN GROUP (ORDER BY salary), dense_rank(3000) WITHIN GROUP (ORDER BY salary DESC), cume_dist(2500) WITHIN GROUP (ORDER BY salary) FROM employees
--# nested-aggregate-window
SELECT channel, sum(count(*)) OVER () AS total, round(100 * count(*) / sum(count(*)) OVER (), 1) AS pct, max(sum(discount)) OVER (PARTITION BY channel) FROM orders GROUP BY channel ORDER BY channel
--# having-alias-free
SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id HAVING count(*) >= 3 AND max(ordered_at) > '2024-02-01' ORDER BY n DESC, customer_id
--# group-by-expression
SELECT lower(country) || '-' || segment AS key, count(*) FROM customers GROUP BY lower(country) || '-' || segment ORDER BY key
--# boolean-shortcuts
SELECT customer_id FROM customers WHERE vip AND NOT (country = 'FR') OR vip IS NULL ORDER BY 1
--# materialized-cte
WITH w AS MATERIALIZED (SELECT * FROM events WHERE name = 'buy'), x AS NOT MATERIALIZED (SELECT user_key FROM w) SELECT count(*), count(DISTINCT user_key) FROM x
--# nested-with
SELECT * FROM (WITH a AS (SELECT 1 AS n) SELECT n + 1 AS m FROM a) q WHERE m IN (WITH b AS (SELECT 2 AS k) SELECT k FROM b)
--# lag-default
SELECT order_id, lag(order_id, 2, 0) OVER (ORDER BY order_id), lead(channel) OVER (ORDER BY order_id), last_value(order_id) OVER (ORDER BY order_id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM orders ORDER BY order_id
--# median-by-window
SELECT DISTINCT title, percentile_cont(0.5) WITHIN GROUP (ORDER BY salary) AS median FROM employees GROUP BY title ORDER BY title
--# convert-units
SELECT round((sum(seconds) / 3600.0)::numeric, 2) AS hours, to_char((sum(seconds) || ' seconds')::interval, 'HH24:MI:SS'), make_interval(secs => sum(seconds)) FROM events
--# email-domain
SELECT substring(email FROM position('@' IN email) + 1) AS domain, count(*) FROM customers GROUP BY domain ORDER BY count(*) DESC, domain
--# weekday-name
SELECT trim(to_char(ordered_at, 'Day')) AS weekday, count(*) FROM orders GROUP BY 1, extract(isodow FROM ordered_at) ORDER BY extract(isodow FROM ordered_at)
--# typeof
SELECT pg_typeof(order_id), pg_typeof(status)::text, pg_typeof(discount)::text = 'numeric' FROM orders ORDER BY order_id LIMIT 1
--# size-pretty
SELECT pg_size_pretty(sum(octet_length(body))::bigint), pg_column_size(1) FROM articles
--# hashes
SELECT md5(name), encode(sha256(convert_to(name, 'UTF8')), 'hex'), hashtext(name) % 10, crc.x FROM customers, LATERAL (SELECT length(name) AS x) crc ORDER BY customer_id
--# gen-uuid
SELECT length(gen_random_uuid()::text)
--# quoted-mixed-case
SELECT l."Kind", l."createdAt"::date AS "Day", count(*) AS "Count" FROM "AuditLog" l WHERE l."Order" IS NOT NULL GROUP BY l."Kind", "Day" ORDER BY "Day", "Kind"
--# implicit-aliases
SELECT customer_id id, name label, count(*) total FROM customers GROUP BY 1, 2 ORDER BY total DESC, id
--# keyword-aliases
SELECT count(*) AS count, max(ordered_at) AS date, min(channel) AS value, 1 AS key, 2 AS position, 3 AS "user", 4 AS rank, 5 AS year FROM orders
--# keyword-columns
SELECT name, title, key, value, year, month, day, position FROM (SELECT 'a' AS name, 'b' AS title, 'c' AS key, 1 AS value, 2024 AS year, 2 AS month, 3 AS day, 9 AS position) q
--# schema-star
SELECT public.products.*, products.list_price * 1.2 AS gross FROM public.products ORDER BY products.product_id
--# greatest-dates
SELECT order_id, greatest(ordered_at, shipped_at, timestamptz '2024-02-01'), least(shipped_at, now()) IS NOT NULL FROM orders ORDER BY 1
--# bool-sum
SELECT sum(vip::int), avg(CASE WHEN vip THEN 1.0 ELSE 0 END), count(*) FILTER (WHERE vip), sum((country = 'FR')::int) FROM customers
--# in-values
SELECT order_id FROM orders WHERE (channel, status::text) IN (VALUES ('web', 'paid'), ('shop', 'placed')) ORDER BY 1
--# numeric-literals
SELECT 1_000_000, 0x1F, 0b101, 0o17, 1e3, .5, 5., -3, +4, 1.5e-3
--# jsonb-agg-distinct
SELECT jsonb_agg(DISTINCT channel), jsonb_agg(status ORDER BY order_id DESC) -> 0 FROM orders
--# extract-json-date
SELECT date_trunc('day', occurred_at) + ((payload ->> 'ms')::int || ' milliseconds')::interval AS at FROM events ORDER BY event_id LIMIT 3
--# at-local from=17
SELECT ordered_at AT LOCAL FROM orders ORDER BY order_id LIMIT 1
--# uuid-extract from=17
SELECT uuid_extract_version('00000000-0000-4000-8000-000000000001'::uuid), to_bin(5), to_hex(255), random(1, 1), random_normal() IS NOT NULL
--# merge-support from=17
SELECT xmltext('a<b')::text, jsonb_path_query_first('"2024-02-03"', '$.date()'), '1 day'::interval = 'infinity'::interval
--# eighteen from=18
SELECT casefold('ABC'), array_sort(ARRAY[3, 1, 2]), array_reverse(ARRAY[1, 2]), crc32('abc'::bytea), uuid_extract_version(uuidv7()), gamma(5), reverse('\x0102'::bytea), jsonb_strip_nulls('{"a": [1, null]}', true)
