/** Subscription billing: every key is called id, several dates a relation, amounts. */
export const billingSchema = `
CREATE TABLE accounts (id integer PRIMARY KEY, company_name text NOT NULL UNIQUE, country text NOT NULL, industry text NOT NULL, created_at timestamp NOT NULL, is_trial boolean NOT NULL);
CREATE TABLE plans (id integer PRIMARY KEY, name text NOT NULL UNIQUE, monthly_price numeric(8,2) NOT NULL, billing_period text NOT NULL, max_seats integer);
CREATE TABLE subscriptions (id integer PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts, plan_id integer NOT NULL REFERENCES plans, started_on date NOT NULL, cancelled_on date, seats integer NOT NULL, status text NOT NULL);
CREATE TABLE invoices (id integer PRIMARY KEY, subscription_id integer NOT NULL REFERENCES subscriptions, issued_on date NOT NULL, due_on date NOT NULL, paid_on date, amount numeric(10,2) NOT NULL, currency text NOT NULL);
CREATE TABLE users (id integer PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts, email text NOT NULL, role text NOT NULL, last_login_at timestamp);
INSERT INTO accounts SELECT n, (ARRAY['Acorn', 'Birch', 'Cedar', 'Delta', 'Ember', 'Fjord', 'Grove', 'Haven', 'Inlet', 'Jetty', 'Kite', 'Larch', 'Maple', 'Nova', 'Orbit', 'Pine', 'Quartz', 'Ridge', 'Slate', 'Tidal', 'Umber', 'Vista', 'Willow', 'Zenith'])[n] || ' Ltd', (ARRAY['Canada', 'Brazil', 'Germany', 'India'])[1 + n % 7 % 4], (ARRAY['retail', 'finance', 'education'])[1 + n % 5 % 3], timestamp '2020-01-15 10:00' + n * interval '70 days', n % 6 = 0 FROM generate_series(1, 24) n;
INSERT INTO plans VALUES (1, 'Basic', 19, 'monthly', 5), (2, 'Team', 49.5, 'monthly', 25), (3, 'Business', 99, 'yearly', 100), (4, 'Unlimited', 240, 'yearly', NULL), (5, 'Legacy', 9, 'monthly', 3);
INSERT INTO subscriptions SELECT n, 1 + (n * 5) % 21, 1 + (n * n) % 7 % 4, date '2021-02-01' + n * 31, CASE WHEN n % 5 = 2 THEN date '2021-09-01' + n * 31 END, 1 + (n * 7) % 40, CASE WHEN n % 5 = 2 THEN 'cancelled' WHEN n % 9 = 0 THEN 'paused' ELSE 'active' END FROM generate_series(1, 42) n;
INSERT INTO invoices SELECT n, 1 + (n * 11) % 41, date '2022-01-05' + n * 3, date '2022-02-04' + n * 3, CASE WHEN n % 7 <> 0 THEN date '2022-01-20' + n * 3 + n % 30 END, 20 + (n * 43) % 700 + n * 0.01, (ARRAY['EUR', 'USD', 'CAD'])[1 + n % 11 % 3] FROM generate_series(1, 340) n;
INSERT INTO users SELECT n, 1 + (n * 13) % 23, 'u' || n || '@example.test', (ARRAY['admin', 'editor', 'viewer'])[1 + n % 7 % 3], CASE WHEN n % 5 <> 0 THEN timestamp '2024-01-01 08:00' + n * interval '3 days' END FROM generate_series(1, 110) n;
`;
