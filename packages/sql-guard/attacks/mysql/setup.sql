-- The databases that attacks on MySQL are run against. TOPSECRET marks what must not come out.
DROP DATABASE IF EXISTS shop;
DROP DATABASE IF EXISTS other;
CREATE DATABASE shop CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci;
CREATE DATABASE other;
USE shop;
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT, amount DECIMAL(10, 2), placed_at DATETIME, KEY by_customer (customer_id));
INSERT INTO orders VALUES (1, 1, 12.50, '2024-01-01 10:00:00'), (2, 2, 0.00, '2024-01-02 11:00:00'), (3, 3, 7.25, '2024-02-03 12:00:00'), (4, 1, NULL, NULL), (5, 2, 99.99, '2024-03-04 13:00:00'), (6, 1, 5.00, '2023-12-31 23:59:59');
CREATE TABLE customers (id INT PRIMARY KEY, name VARCHAR(40), country VARCHAR(2), password VARCHAR(40));
INSERT INTO customers VALUES (1, 'Ada', 'GB', 'TOPSECRET-1'), (2, 'Grace', 'US', 'TOPSECRET-2'), (3, 'Alan', 'GB', 'TOPSECRET-3');
CREATE TABLE partial (id INT, label VARCHAR(20), internal_note VARCHAR(40), `2fa_secret` VARCHAR(40), `1e` VARCHAR(40));
INSERT INTO partial VALUES (1, 'a', 'TOPSECRET', 'TOPSECRET', 'TOPSECRET');
CREATE TABLE secrets (id INT PRIMARY KEY, password VARCHAR(40), `key` VARCHAR(40));
INSERT INTO secrets VALUES (1, 'TOPSECRET-A', 'TOPSECRET-A'), (2, 'TOPSECRET-B', 'TOPSECRET-B');
CREATE TABLE s (x VARCHAR(40));
INSERT INTO s VALUES ('TOPSECRET');
CREATE TABLE `Orders` (id INT, password VARCHAR(40));
INSERT INTO `Orders` VALUES (1, 'TOPSECRET');
CREATE TABLE other.orders (id INT, password VARCHAR(40));
INSERT INTO other.orders VALUES (1, 'TOPSECRET');
CREATE TABLE audit_trail (note VARCHAR(40));
CREATE VIEW directory AS SELECT id, password FROM customers;
-- Functions that a careless owner left open: they run with the owner's rights. Some bear the names of built-in ones.
CREATE FUNCTION leak(x INT) RETURNS VARCHAR(40) READS SQL DATA RETURN (SELECT password FROM shop.secrets LIMIT 1);
CREATE FUNCTION `count`(x INT) RETURNS VARCHAR(40) READS SQL DATA RETURN (SELECT password FROM shop.secrets LIMIT 1);
CREATE FUNCTION `sum`(x INT) RETURNS VARCHAR(40) READS SQL DATA RETURN (SELECT password FROM shop.secrets LIMIT 1);
CREATE FUNCTION `max`(x INT) RETURNS VARCHAR(40) READS SQL DATA RETURN (SELECT password FROM shop.secrets LIMIT 1);
CREATE FUNCTION `lower`(x VARCHAR(40)) RETURNS VARCHAR(40) READS SQL DATA RETURN (SELECT password FROM shop.secrets LIMIT 1);
-- Built into MySQL 8, and no longer into 9.
CREATE FUNCTION `md5`(x VARCHAR(40)) RETURNS VARCHAR(40) READS SQL DATA RETURN (SELECT password FROM shop.secrets LIMIT 1);
CREATE FUNCTION other.`lower`(x VARCHAR(40)) RETURNS VARCHAR(40) READS SQL DATA RETURN (SELECT password FROM shop.secrets LIMIT 1);
CREATE PROCEDURE wipe() DELETE FROM shop.orders;
-- Rows of several tenants, whose names MySQL's collations hold for equal. What is not acme's breaks whatever reads it: divisors of zero, documents that are no JSON, numbers that don't fit.
CREATE TABLE ledger (id INT PRIMARY KEY, tenant VARCHAR(20), amount INT, divisor INT, document TEXT, label VARCHAR(40), at VARCHAR(40), KEY by_tenant (tenant), KEY by_amount (amount));
INSERT INTO ledger VALUES
  (1, 'acme', 10, 2, '{"a": [1, 2]}', 'first', '2024-01-01'), (2, 'acme', 20, 4, '{"a": null}', 'second', '2024-01-02'), (3, 'acme', NULL, 1, '[]', NULL, NULL),
  (4, 'umbra', 30, 0, 'TOPSECRET is no JSON', 'TOPSECRET-u', 'TOPSECRET'), (5, 'ACME', -1, 0, 'TOPSECRET[', 'TOPSECRET-A', '0000-99-99'), (6, 'acmé', 2147483647, 0, '', 'TOPSECRET-e', '('),
  (7, 'acme ', -2147483648, 0, '{', 'TOPSECRET- ', '['), (8, NULL, 1, 0, '{"a"', 'TOPSECRET-n', '*');
CREATE TABLE members (id INT PRIMARY KEY, account INT, name VARCHAR(40), KEY by_account (account));
INSERT INTO members VALUES (1, 7, 'first'), (2, 7, 'second'), (3, 0, 'TOPSECRET-0'), (4, 70, 'TOPSECRET-70');
CREATE TABLE rates (id INT PRIMARY KEY, rate DECIMAL(5, 2));
INSERT INTO rates VALUES (1, 1.5), (2, 2.5), (4, 4.5), (5, 5.5);
