/** Property rental: a rent on the property and another on the lease, inferred keys, mixed kinds of dates. */
export const rentalSchema = `
CREATE TABLE owners (owner_id integer PRIMARY KEY, name text NOT NULL, phone text, city text NOT NULL);
CREATE TABLE properties (property_id integer PRIMARY KEY, owner_id integer NOT NULL, address text NOT NULL, city text NOT NULL, property_type text NOT NULL, bedrooms integer NOT NULL, area_sqm integer NOT NULL, asking_rent numeric(8,2) NOT NULL, is_furnished boolean NOT NULL, listed_on date NOT NULL);
CREATE TABLE tenants (tenant_id integer PRIMARY KEY, name text NOT NULL, email text, occupation text);
CREATE TABLE leases (lease_id integer PRIMARY KEY, property_id integer NOT NULL, tenant_id integer NOT NULL, start_date date NOT NULL, end_date date, deposit numeric(8,2) NOT NULL, monthly_rent numeric(8,2) NOT NULL);
CREATE TABLE payments (payment_id integer PRIMARY KEY, lease_id integer NOT NULL, paid_on date NOT NULL, amount numeric(8,2) NOT NULL, method text NOT NULL);
CREATE TABLE maintenance_requests (request_id integer PRIMARY KEY, property_id integer NOT NULL, reported_on date NOT NULL, resolved_on date, category text NOT NULL, priority text NOT NULL, cost numeric(8,2));
INSERT INTO owners SELECT n, 'Owner ' || chr(64 + n), CASE WHEN n % 3 <> 0 THEN '555-01' || lpad(n::text, 2, '0') END, (ARRAY['Malmo', 'Ghent'])[1 + n % 2] FROM generate_series(1, 9) n;
INSERT INTO properties SELECT n, 1 + (n * 5) % 8, n || ' ' || (ARRAY['Elm Street', 'Quay Road', 'Mill Lane'])[1 + n % 3], (ARRAY['Malmo', 'Ghent', 'Bath'])[1 + n % 7 % 3], (ARRAY['apartment', 'house', 'studio'])[1 + n % 5 % 3], 1 + n % 11 % 5, 28 + (n * 19) % 130, 550 + (n * 137) % 1900 + n, n % 3 = 0, date '2021-01-01' + n * 29 FROM generate_series(1, 36) n;
INSERT INTO tenants SELECT n, (ARRAY['Nell', 'Otto', 'Pia', 'Ravi', 'Suki'])[1 + n % 5] || ' ' || (ARRAY['Frost', 'Gray', 'Hale', 'Irwin', 'Jones', 'Kerr', 'Lund', 'Moss'])[1 + n / 5], CASE WHEN n % 5 <> 0 THEN 't' || n || '@example.test' END, CASE WHEN n % 7 <> 0 THEN (ARRAY['teacher', 'nurse', 'engineer', 'artist'])[1 + n % 4] END FROM generate_series(1, 38) n;
INSERT INTO leases SELECT n, 1 + (n * 7) % 33, 1 + (n * 3) % 35, date '2022-01-01' + n * 20, CASE WHEN n % 4 <> 0 THEN date '2022-12-31' + n * 20 END, 600 + (n * 91) % 1500, 500 + (n * 117) % 1700 + n FROM generate_series(1, 48) n;
INSERT INTO payments SELECT n, 1 + (n * 13) % 47, date '2022-02-03' + n * 3, 400 + (n * 53) % 1800 + n * 0.01, (ARRAY['bank transfer', 'card', 'cash'])[1 + n % 11 % 3] FROM generate_series(1, 330) n;
INSERT INTO maintenance_requests SELECT n, 1 + (n * 11) % 31, date '2023-01-08' + n * 6, CASE WHEN n % 5 <> 0 THEN date '2023-01-10' + n * 6 + n % 20 END, (ARRAY['plumbing', 'heating', 'electrical', 'roof'])[1 + n % 13 % 4], (ARRAY['low', 'medium', 'high'])[1 + n % 8 % 3], CASE WHEN n % 5 <> 0 THEN 30 + (n * 67) % 900 + n * 0.1 END FROM generate_series(1, 115) n;
`;
