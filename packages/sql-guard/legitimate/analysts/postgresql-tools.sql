-- As BI tools, data build tools, object mappers and consoles write them.
-- `--# id` begins a statement; `from=17` is the first major that has it, `tenant=no` what a tenant filter refuses; `--@` gives the values of $1 and on.
--# metabase-count
SELECT COUNT(*) AS "count" FROM "public"."orders"
--# metabase-breakout
-- Metabase:: userID: 1 queryType: MBQL queryHash: 3a1c
SELECT DATE_TRUNC('month', "public"."orders"."ordered_at") AS "ordered_at", SUM("public"."orders"."discount") AS "sum" FROM "public"."orders" GROUP BY DATE_TRUNC('month', "public"."orders"."ordered_at") ORDER BY DATE_TRUNC('month', "public"."orders"."ordered_at") ASC
--# metabase-join
SELECT "public"."orders"."order_id" AS "order_id", "Customers"."name" AS "Customers__name", "Customers"."city" AS "Customers__city" FROM "public"."orders" LEFT JOIN "public"."customers" AS "Customers" ON "public"."orders"."customer_id" = "Customers"."customer_id" WHERE ("Customers"."country" = 'FR') OR ("Customers"."country" = 'PT') ORDER BY "public"."orders"."order_id" ASC LIMIT 1048575
--# metabase-nested
SELECT "source"."segment" AS "segment", AVG("source"."count") AS "avg" FROM (SELECT "public"."customers"."segment" AS "segment", "public"."customers"."country" AS "country", COUNT(*) AS "count" FROM "public"."customers" GROUP BY "public"."customers"."segment", "public"."customers"."country") AS "source" GROUP BY "source"."segment" ORDER BY "source"."segment" ASC
--# metabase-relative-date
SELECT COUNT(*) AS "count" FROM "public"."orders" WHERE "public"."orders"."ordered_at" >= DATE_TRUNC('month', (NOW() + (INTERVAL '-12 month'))) AND "public"."orders"."ordered_at" < DATE_TRUNC('month', NOW())
--# metabase-binning
SELECT ((FLOOR((("public"."products"."list_price" - 0.0) / 20.0)) * 20.0) + 0.0) AS "list_price", COUNT(*) AS "count" FROM "public"."products" GROUP BY ((FLOOR((("public"."products"."list_price" - 0.0) / 20.0)) * 20.0) + 0.0) ORDER BY ((FLOOR((("public"."products"."list_price" - 0.0) / 20.0)) * 20.0) + 0.0) ASC
--# metabase-weekday
SELECT (MOD(CAST(CAST(extract(dow FROM "public"."orders"."ordered_at") AS integer) + 1 - 1 + 7 AS integer), 7) + 1) AS "day", COUNT(*) AS "count" FROM "public"."orders" GROUP BY (MOD(CAST(CAST(extract(dow FROM "public"."orders"."ordered_at") AS integer) + 1 - 1 + 7 AS integer), 7) + 1) ORDER BY 1
--# metabase-share
SELECT "public"."orders"."channel" AS "channel", CAST(SUM(CASE WHEN "public"."orders"."status" = 'paid' THEN 1 ELSE 0.0 END) AS float) / NULLIF(COUNT(*), 0) AS "share" FROM "public"."orders" GROUP BY "public"."orders"."channel" ORDER BY "share" DESC NULLS LAST, "channel"
--# superset-table
SELECT "region" AS "region", "segment" AS "segment", COUNT(DISTINCT "customer_id") AS "COUNT_DISTINCT(customer_id)" FROM "public"."customers" WHERE "customer_since" >= TO_DATE('2022-01-01', 'YYYY-MM-DD') AND "customer_since" < TO_DATE('2024-01-01', 'YYYY-MM-DD') GROUP BY "region", "segment" ORDER BY "COUNT_DISTINCT(customer_id)" DESC, 1, 2 LIMIT 50000
--# superset-virtual-dataset
SELECT DATE_TRUNC('day', occurred_at) AS __timestamp, name AS name, AVG(seconds) AS "AVG(seconds)" FROM (SELECT e.name, e.occurred_at, e.seconds FROM events e WHERE e.labels && ARRAY['l1']) AS virtual_table WHERE occurred_at >= TO_TIMESTAMP('2024-03-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US') GROUP BY DATE_TRUNC('day', occurred_at), name ORDER BY "AVG(seconds)" DESC, name LIMIT 1000
--# superset-series-limit
SELECT DATE_TRUNC('week', ordered_at) AS __timestamp, channel AS channel, count(*) AS count FROM public.orders JOIN (SELECT channel AS channel__, count(*) AS mme_inner__ FROM public.orders GROUP BY channel ORDER BY mme_inner__ DESC, channel LIMIT 2) AS anon_1 ON channel = channel__ GROUP BY DATE_TRUNC('week', ordered_at), channel ORDER BY count DESC, 1, 2
--# tableau-select
SELECT "orders"."channel" AS "channel",
  SUM(1) AS "cnt:orders:ok",
  DATE_TRUNC( 'QUARTER', CAST("orders"."ordered_at" AS TIMESTAMP) ) AS "tqr:ordered_at:ok"
FROM "public"."orders" "orders"
GROUP BY 1,
  3
ORDER BY 1, 3
--# tableau-custom-sql
SELECT "Custom SQL Query"."country" AS "country", COUNT(1) AS "sum:Number of Records:ok" FROM (
  select country, city from customers where vip is not true
) "Custom SQL Query" GROUP BY 1 HAVING (COUNT(1) > 0) ORDER BY 1
--# tableau-lod
SELECT "t1"."segment" AS "segment", AVG(CAST("t1"."X_measure__0" AS DOUBLE PRECISION)) AS "TEMP(Calculation)(1)(0)" FROM (SELECT "customers"."segment" AS "segment", "customers"."customer_id" AS "customer_id", SUM("order_items"."unit_price") AS "X_measure__0" FROM "public"."order_items" "order_items" INNER JOIN "public"."orders" "orders" ON ("order_items"."order_id" = "orders"."order_id") INNER JOIN "public"."customers" "customers" ON ("orders"."customer_id" = "customers"."customer_id") GROUP BY 1, 2) "t1" GROUP BY 1 ORDER BY 1
--# powerbi-fold
select "_"."channel", "_"."status"::text as "status", "_"."a0" as "a0" from (select "rows"."channel" as "channel", "rows"."status" as "status", count(1) as "a0" from "public"."orders" "rows" group by "channel", "status") "_" where not "_"."a0" is null order by 1, 2 limit 1000001
--# powerbi-types
select "$Table"."customer_id" as "customer_id", "$Table"."name" as "name", cast("$Table"."customer_since" as timestamp) as "since", "$Table"."settings"::text as "settings" from "public"."customers" "$Table" order by "$Table"."customer_id" limit 100 offset 0
--# looker-explore
SELECT
    customers.country  AS "customers.country",
        (DATE(orders.ordered_at )) AS "orders.ordered_date",
    COUNT(DISTINCT orders.order_id ) AS "orders.count",
    COALESCE(SUM(order_items.unit_price * order_items.quantity ), 0) AS "order_items.total"
FROM public.order_items  AS order_items
LEFT JOIN public.orders  AS orders ON order_items.order_id = orders.order_id
LEFT JOIN public.customers  AS customers ON orders.customer_id = customers.customer_id
WHERE ((( orders.ordered_at  ) >= ((SELECT TIMESTAMP '2024-01-01')) AND ( orders.ordered_at  ) < ((SELECT (TIMESTAMP '2024-01-01' + INTERVAL '1 year')))))
GROUP BY
    1,
    2
ORDER BY
    2 DESC, 1
FETCH NEXT 500 ROWS ONLY
--# looker-symmetric-aggregate
SELECT COALESCE(COALESCE(CAST( ( SUM(DISTINCT (CAST(FLOOR(COALESCE(orders.discount ,0)*(1000000*1.0)) AS DECIMAL(65,0))) + ('x' || MD5(orders.order_id ::varchar))::bit(64)::bigint::DECIMAL(65)  *18446744073709551616 + ('x' || SUBSTR(MD5(orders.order_id ::varchar),17))::bit(64)::bigint::DECIMAL(65) ) - SUM(DISTINCT ('x' || MD5(orders.order_id ::varchar))::bit(64)::bigint::DECIMAL(65)  *18446744073709551616 + ('x' || SUBSTR(MD5(orders.order_id ::varchar),17))::bit(64)::bigint::DECIMAL(65)) )  AS DOUBLE PRECISION) / CAST((1000000*1.0) AS DOUBLE PRECISION), 0), 0) AS "orders.total_discount" FROM public.order_items AS order_items LEFT JOIN public.orders AS orders ON order_items.order_id = orders.order_id
--# looker-pivot
SELECT * FROM (SELECT *, DENSE_RANK() OVER (ORDER BY z___min_rank) as z___pivot_row_rank, RANK() OVER (PARTITION BY z__pivot_col_rank ORDER BY z___min_rank) as z__pivot_col_ordering FROM (SELECT *, MIN(z___rank) OVER (PARTITION BY "orders.channel") as z___min_rank FROM (SELECT *, RANK() OVER (ORDER BY "orders.channel" ASC, z__pivot_col_rank) AS z___rank FROM (SELECT *, DENSE_RANK() OVER (ORDER BY "orders.status" NULLS LAST) AS z__pivot_col_rank FROM (SELECT orders.channel AS "orders.channel", orders.status AS "orders.status", COUNT(*) AS "orders.count" FROM orders GROUP BY 1, 2) ww) bb WHERE z__pivot_col_rank <= 16384) aa) xx) zz WHERE (z__pivot_col_rank <= 50 OR z__pivot_col_ordering = 1) AND (z___pivot_row_rank <= 500 OR z__pivot_col_ordering = 1) ORDER BY z___pivot_row_rank, z__pivot_col_rank
--# dbt-compiled
/* {"app": "dbt", "dbt_version": "1.8.0", "node_id": "model.shop.fct_orders"} */
with orders as (

    select * from "public"."orders"

),

order_items as (

    select * from "public"."order_items"

),

final as (

    select
        orders.order_id,
        orders.customer_id,
        orders.ordered_at::date as order_date,
        coalesce(sum(order_items.quantity * order_items.unit_price), 0) as amount,
        row_number() over (partition by orders.customer_id order by orders.ordered_at, orders.order_id) as customer_order_seq
    from orders
    left join order_items using (order_id)
    group by 1, 2, 3, orders.ordered_at

)

select * from final order by order_id
--# dbt-test-unique
select count(*) as failures, count(*) != 0 as should_warn, count(*) != 0 as should_error from (
    select sku as unique_field, count(*) as n_records from "public"."products" where sku is not null group by sku having count(*) > 1
) dbt_internal_test
--# dbt-test-relationships
with child as (select customer_id as from_field from "public"."orders" where customer_id is not null), parent as (select customer_id as to_field from "public"."customers") select from_field from child left join parent on child.from_field = parent.to_field where parent.to_field is null
--# dbt-date-spine
with rawdata as (with p as (select 0 as generated_number union all select 1), unioned as (select p0.generated_number * power(2, 0) + p1.generated_number * power(2, 1) + p2.generated_number * power(2, 2) + 1 as generated_number from p as p0 cross join p as p1 cross join p as p2) select * from unioned where generated_number <= 7 order by generated_number), all_periods as (select (cast('2024-01-01' as date) + ((interval '1 day') * (row_number() over (order by generated_number) - 1))) as date_day from rawdata), filtered as (select * from all_periods where date_day <= cast('2024-02-01' as date)) select * from filtered order by 1
--# dbt-surrogate-key
select md5(cast(coalesce(cast(order_id as TEXT), '_dbt_utils_surrogate_key_null_') || '-' || coalesce(cast(line_number as TEXT), '_dbt_utils_surrogate_key_null_') as TEXT)) as item_key, order_id from order_items order by 2, 1
--# dbt-pivot
select customer_id, sum(case when channel = 'web' then 1 else 0 end) as "web", sum(case when channel = 'shop' then 1 else 0 end) as "shop" from "public"."orders" group by customer_id order by customer_id
--# dbt-union-relations
(select cast('"public"."orders"' as TEXT) as _dbt_source_relation, cast("order_id" as integer) as "id", cast("ordered_at" as timestamp with time zone) as "at", cast(null as text) as "kind" from "public"."orders") union all (select cast('"public"."events"' as TEXT), cast("event_id" as integer), cast("occurred_at" as timestamp with time zone), "name" from "public"."events") order by 1, 2
--# pgadmin-rows
SELECT * FROM public.products
ORDER BY product_id ASC LIMIT 100
--# dbeaver
SELECT x.* FROM public.employees x ORDER BY x.employee_id
--# datagrip
select t.* from public.articles t order by t.article_id limit 501
--# prisma-find-many
SELECT "public"."customers"."customer_id", "public"."customers"."name", "public"."customers"."vip" FROM "public"."customers" WHERE ("public"."customers"."country" IN ($1,$2) AND "public"."customers"."email"::text ILIKE $3) ORDER BY "public"."customers"."customer_id" ASC LIMIT $4 OFFSET $5
--@ ["FR", "AT", "%example%", 10, 0]
--# prisma-one
SELECT "public"."AuditLog"."Id", "public"."AuditLog"."createdAt", "public"."AuditLog"."Kind" FROM "public"."AuditLog" WHERE ("public"."AuditLog"."Id" = $1 AND 1=1) LIMIT $2 OFFSET $3
--@ [1002, 1, 0]
--# prisma-aggregate
SELECT COUNT(*), SUM("discount") FROM (SELECT "public"."orders"."order_id", "public"."orders"."discount" FROM "public"."orders" WHERE 1=1 OFFSET $1) AS "sub"
--@ [0]
--# prisma-lateral-relations
SELECT "t1"."customer_id", "Customer_orders"."__prisma_data__" AS "orders" FROM "public"."customers" AS "t1" LEFT JOIN LATERAL (SELECT COALESCE(JSONB_AGG("__prisma_data__"), '[]') AS "__prisma_data__" FROM (SELECT "t4"."__prisma_data__" FROM (SELECT JSONB_BUILD_OBJECT('order_id', "t3"."order_id", 'channel', "t3"."channel") AS "__prisma_data__" FROM (SELECT "t2".* FROM "public"."orders" AS "t2" WHERE "t1"."customer_id" = "t2"."customer_id" /* root select */) AS "t3" /* inner select */) AS "t4" /* middle select */) AS "t5" /* outer select */) AS "Customer_orders" ON true ORDER BY "t1"."customer_id"
--# prisma-some
SELECT "t0"."customer_id" FROM "public"."customers" AS "t0" WHERE ("t0"."customer_id") IN (SELECT "t1"."customer_id" FROM "public"."orders" AS "t1" WHERE ("t1"."channel" = $1 AND "t1"."customer_id" IS NOT NULL)) ORDER BY 1
--@ ["web"]
--# typeorm
SELECT "order"."order_id" AS "order_order_id", "order"."channel" AS "order_channel", "customer"."name" AS "customer_name" FROM "orders" "order" LEFT JOIN "customers" "customer" ON "customer"."customer_id"="order"."customer_id"  WHERE "order"."channel" = $1 ORDER BY "order"."order_id" DESC LIMIT 10
--@ ["shop"]
--# typeorm-distinct-alias
SELECT DISTINCT "distinctAlias"."Order_order_id" AS "ids_Order_order_id", "distinctAlias"."Order_ordered_at" FROM (SELECT "Order"."order_id" AS "Order_order_id", "Order"."ordered_at" AS "Order_ordered_at" FROM "orders" "Order") "distinctAlias" ORDER BY "distinctAlias"."Order_ordered_at" DESC, "Order_order_id" ASC LIMIT 5
--# sequelize
SELECT "Order"."order_id", "Order"."channel", "items"."line_number" AS "items.line_number", "items"."quantity" AS "items.quantity" FROM "orders" AS "Order" LEFT OUTER JOIN "order_items" AS "items" ON "Order"."order_id" = "items"."order_id" WHERE ("Order"."channel" = 'web' AND "Order"."ordered_at" BETWEEN '2024-01-01 00:00:00.000 +00:00' AND '2024-12-31 00:00:00.000 +00:00') ORDER BY "Order"."order_id", "items.line_number";
--# drizzle
select "order_id", "channel", count(*) over () as "total" from "orders" where ("orders"."channel" = $1 and "orders"."discount" is not null) order by "orders"."order_id" desc limit $2
--@ ["web", 3]
--# kysely-json
select "customer_id", "name", (select coalesce(json_agg(agg), '[]') from (select "o"."order_id", "o"."channel" from "orders" as "o" where "o"."customer_id" = "customers"."customer_id" order by "o"."order_id") as agg) as "orders" from "customers" order by "customer_id"
--# sqlalchemy-core
SELECT customers.country, count(orders.order_id) AS count_1 
FROM customers LEFT OUTER JOIN orders ON customers.customer_id = orders.customer_id 
WHERE customers.segment IN ('retail', 'business') AND customers.customer_since >= '2022-01-01'::DATE GROUP BY customers.country 
HAVING count(orders.order_id) > 0 ORDER BY count_1 DESC, customers.country
--# sqlalchemy-anon
SELECT anon_1.customer_id AS anon_1_customer_id, anon_1.n AS anon_1_n, customers_1.name AS customers_1_name FROM (SELECT orders.customer_id AS customer_id, count(*) AS n FROM orders GROUP BY orders.customer_id) AS anon_1 JOIN customers AS customers_1 ON customers_1.customer_id = anon_1.customer_id ORDER BY anon_1.n DESC, anon_1.customer_id
--# sqlalchemy-exists
SELECT customers.customer_id FROM customers WHERE NOT (EXISTS (SELECT 1 FROM orders WHERE customers.customer_id = orders.customer_id AND orders.status = 'cancelled')) ORDER BY customers.customer_id
--# sqlalchemy-cast-param
SELECT customers.name FROM customers WHERE customers.country = $1::VARCHAR AND customers.customer_id > $2::INTEGER ORDER BY customers.name
--@ ["FR", 0]
--# sqlalchemy-array
SELECT products.name FROM products WHERE products.tags @> CAST(ARRAY['new', 't1'] AS TEXT[]) AND 't1' = ANY (products.tags) ORDER BY products.name
--# django-values
SELECT "customers"."country", COUNT("orders"."order_id") FILTER (WHERE "orders"."status" = 'paid') AS "paid", COUNT("orders"."order_id") AS "n" FROM "customers" LEFT OUTER JOIN "orders" ON ("customers"."customer_id" = "orders"."customer_id") GROUP BY "customers"."country" ORDER BY "n" DESC, "customers"."country" ASC
--# django-trunc
SELECT DATE_TRUNC('month', "orders"."ordered_at" AT TIME ZONE 'Europe/Lisbon') AS "month", COUNT("orders"."order_id") AS "n" FROM "orders" WHERE ("orders"."ordered_at" BETWEEN '2024-01-01 00:00:00+00:00'::timestamptz AND '2024-12-31 23:59:59.999999+00:00'::timestamptz) GROUP BY 1 ORDER BY 1 ASC
--# django-subquery
SELECT "customers"."customer_id", (SELECT U0."ordered_at" FROM "orders" U0 WHERE U0."customer_id" = ("customers"."customer_id") ORDER BY U0."ordered_at" DESC LIMIT 1) AS "latest" FROM "customers" WHERE EXISTS(SELECT 1 AS "a" FROM "orders" U0 WHERE U0."customer_id" = ("customers"."customer_id") LIMIT 1) ORDER BY "customers"."customer_id" ASC LIMIT 21
--# django-icontains
SELECT "customers"."customer_id", "customers"."name" FROM "customers" WHERE (UPPER("customers"."name"::text) LIKE UPPER('%ada%') AND NOT ("customers"."city" = 'Lyon' AND "customers"."city" IS NOT NULL)) ORDER BY "customers"."customer_id" ASC
--# django-json-key
SELECT "customers"."customer_id" FROM "customers" WHERE (("customers"."settings" #> ARRAY['limits','seats']) = '4'::jsonb OR ("customers"."settings" -> 'theme') = '"dark"'::jsonb OR "customers"."settings" ? 'beta') ORDER BY 1
--# django-iregex
SELECT "products"."sku" FROM "products" WHERE "products"."name"::text ~* '^(lamp|desk)' ORDER BY "products"."sku"
--# django-union
(SELECT "orders"."customer_id" AS "col1" FROM "orders" WHERE "orders"."channel" = 'web') UNION (SELECT "orders"."customer_id" AS "col1" FROM "orders" WHERE "orders"."channel" = 'shop') ORDER BY (1) ASC
--# hibernate-5
select order0_.order_id as order_id1_0_0_, customer1_.customer_id as customer1_1_1_, order0_.channel as channel2_0_0_, customer1_.name as name2_1_1_ from orders order0_ inner join customers customer1_ on order0_.customer_id=customer1_.customer_id where order0_.channel=$1 and (customer1_.city is null or customer1_.city<>$2) order by order0_.order_id asc limit $3
--@ ["web", "Graz", 4]
--# hibernate-6
select o1_0.order_id,o1_0.channel,(select count(i1_0.line_number) from order_items i1_0 where o1_0.order_id=i1_0.order_id) from orders o1_0 where o1_0.ordered_at>=$1 order by o1_0.order_id offset $2 rows fetch first $3 rows only
--@ ["2024-02-01", 0, 5]
--# hibernate-6-treat
select e1_0.employee_id,case when e1_0.manager_id is null then 1 when e1_0.manager_id is not null then 2 end from employees e1_0 where coalesce(e1_0.title,'')||'' like ('%a'||'%') escape '' order by e1_0.employee_id
--# jooq
select "public"."customers"."country", count(*) as "count", rank() over (order by count(*) desc) as "r" from "public"."customers" group by "public"."customers"."country" order by "r" asc, "public"."customers"."country" asc nulls last fetch next 10 rows only
--# jooq-multiset
select "c"."customer_id", (select coalesce(jsonb_agg(jsonb_build_array("v0", "v1")), jsonb_build_array()) from (select "o"."order_id" as "v0", "o"."channel" as "v1" from "public"."orders" as "o" where "o"."customer_id" = "c"."customer_id" order by 1) as "t") as "orders" from "public"."customers" as "c" order by 1
--# activerecord-includes
SELECT "orders"."order_id" AS t0_r0, "orders"."channel" AS t0_r1, "order_items"."line_number" AS t1_r0, "order_items"."product_id" AS t1_r1 FROM "orders" LEFT OUTER JOIN "order_items" ON "order_items"."order_id" = "orders"."order_id" WHERE "orders"."status" = $1 ORDER BY "orders"."order_id", "order_items"."line_number" /*application:Shop,controller:orders,action:index*/
--@ ["paid"]
--# activerecord-count
SELECT COUNT(*) AS "count_all", "orders"."status" AS "orders_status" FROM "orders" WHERE "orders"."ordered_at" BETWEEN $1 AND $2 GROUP BY "orders"."status"
--@ ["2024-01-01", "2024-12-31"]
--# activerecord-exists
SELECT 1 AS one FROM "customers" WHERE "customers"."email" = $1 LIMIT $2
--@ ["user1@mail.example.org", 1]
--# ecto
SELECT o0."order_id", o0."channel", c1."name" FROM "orders" AS o0 INNER JOIN "customers" AS c1 ON c1."customer_id" = o0."customer_id" WHERE (o0."channel" = ANY($1)) ORDER BY o0."order_id" DESC LIMIT 4
--@ [["web", "phone"]]
--# ef-core-sent
SELECT a."Id", date_part('year', a."createdAt")::int AS "Year", t."Kind" AS "Kind0" FROM "AuditLog" AS a LEFT JOIN (SELECT a0."Kind", a0."Id" FROM "AuditLog" AS a0 WHERE a0."userId" > $1) AS t ON a."Id" = t."Id" + 1 WHERE a."Order" <> 3 OR a."Order" IS NULL ORDER BY a."Id" NULLS FIRST
--@ [1004]
--# ef-core-strpos
SELECT a."Kind", count(*)::int AS "Count", COALESCE(max(a."Order"), 0) AS "Max" FROM "AuditLog" AS a WHERE strpos(a."Kind", 'LOG') > 0 OR a."Kind" LIKE 'UP%' GROUP BY a."Kind" HAVING count(*)::int > 1 ORDER BY count(*)::int DESC, a."Kind"
--# gorm
SELECT "orders"."order_id","orders"."channel","Customer"."customer_id" AS "Customer__customer_id","Customer"."name" AS "Customer__name" FROM "orders" LEFT JOIN "customers" "Customer" ON "orders"."customer_id" = "Customer"."customer_id" WHERE "orders"."channel" = 'phone' ORDER BY "orders"."order_id" LIMIT 3
--# laravel
select *, (select count(*) from "order_items" where "orders"."order_id" = "order_items"."order_id") as "items_count" from "orders" where "ordered_at"::date >= '2024-03-01' and "ordered_at"::time >= '00:00:00' and extract(month from "ordered_at") = 3 order by "order_id" desc limit 15 offset 0
--# grafana
SELECT floor(extract(epoch from occurred_at)/3600)*3600 AS "time", name AS metric, avg(seconds) FROM events WHERE occurred_at BETWEEN '2024-03-01T00:00:00Z' AND '2024-03-04T00:00:00Z' GROUP BY 1, 2 ORDER BY 1, 2
--# redash
/* Username: reports@example.com, Query ID: 12, Queue: queries */ SELECT name, count(0) FROM events GROUP BY name ORDER BY count(0) DESC, name
--# quicksight
SELECT "country", "vip", COUNT(*) AS "c1" FROM (SELECT "country" AS "country", "vip" AS "vip" FROM "public"."customers") AS "t" WHERE ("vip" IS NULL OR "vip" = TRUE) GROUP BY "country", "vip" ORDER BY "c1" DESC, "country" LIMIT 2500
--# cube-js
SELECT q_0."orders__channel", "orders__count" "orders__count", "items__quantity" "items__quantity" FROM (SELECT "orders".channel "orders__channel", count("orders".order_id) "orders__count" FROM orders AS "orders" GROUP BY 1) as q_0 INNER JOIN (SELECT "orders".channel "orders__channel", sum("items".quantity) "items__quantity" FROM orders AS "orders" LEFT JOIN order_items AS "items" ON "orders".order_id = "items".order_id GROUP BY 1) as q_1 ON (q_0."orders__channel" = q_1."orders__channel" OR (q_0."orders__channel" IS NULL AND q_1."orders__channel" IS NULL)) ORDER BY 2 DESC, 1 LIMIT 10000
--# postgrest
WITH pgrst_source AS ( SELECT "public"."customers"."customer_id", "public"."customers"."name", row_to_json("customers_orders_1".*)::jsonb AS "order" FROM "public"."customers" LEFT JOIN LATERAL ( SELECT "orders_1"."order_id", "orders_1"."channel" FROM "public"."orders" AS "orders_1" WHERE "orders_1"."customer_id" = "public"."customers"."customer_id" ORDER BY "orders_1"."order_id" LIMIT 1 ) AS "customers_orders_1" ON TRUE WHERE "public"."customers"."country" = $1 ) SELECT null::bigint AS total_result_set, pg_catalog.count(_postgrest_t) AS page_total, coalesce(json_agg(_postgrest_t), '[]') AS body FROM ( SELECT * FROM pgrst_source ORDER BY customer_id ) _postgrest_t
--@ ["FR"]
--# hasura
SELECT coalesce(json_agg("root" ORDER BY "root.pg.customer_id" ASC NULLS LAST), '[]') AS "root" FROM (SELECT row_to_json((SELECT "_e" FROM (SELECT "_root.base"."customer_id" AS "customer_id", "_root.base"."name" AS "name") AS "_e")) AS "root", "_root.base"."customer_id" AS "root.pg.customer_id" FROM (SELECT * FROM "public"."customers" WHERE (("public"."customers"."vip") = (('true')::boolean)) ORDER BY "customer_id" ASC NULLS LAST) AS "_root.base" ORDER BY "root.pg.customer_id" ASC NULLS LAST) AS "_root"
