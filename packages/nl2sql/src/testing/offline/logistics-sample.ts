/** A small made-up schema with what the samples lack: two keys to one relation, a relation to itself, enums, booleans and mixed-case names. */
export const logisticsSchema = `
CREATE TYPE vehicle_kind AS ENUM ('van', 'truck', 'bike');
CREATE TYPE shipment_status AS ENUM ('planned', 'under way', 'delivered', 'lost');
CREATE TABLE depots (depot_id int PRIMARY KEY, name text NOT NULL UNIQUE, city text NOT NULL, country text NOT NULL, capacity int NOT NULL, opened_on date NOT NULL);
CREATE TABLE drivers (driver_id int PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, email text, depot_id int NOT NULL REFERENCES depots, manager_id int REFERENCES drivers, hired_on date NOT NULL, is_active boolean NOT NULL, hourly_wage numeric(6,2) NOT NULL);
CREATE TABLE vehicles (vehicle_id int PRIMARY KEY, plate text NOT NULL UNIQUE, kind vehicle_kind NOT NULL, depot_id int REFERENCES depots, purchase_price numeric(10,2) NOT NULL, purchase_year int NOT NULL);
CREATE TABLE clients (client_id int PRIMARY KEY, name text NOT NULL, tier text NOT NULL);
CREATE TABLE shipments (shipment_id int PRIMARY KEY, client_id int NOT NULL REFERENCES clients, origin_depot_id int NOT NULL REFERENCES depots, destination_depot_id int NOT NULL REFERENCES depots, driver_id int REFERENCES drivers, vehicle_id int REFERENCES vehicles, shipped_at timestamptz NOT NULL, delivered_at timestamptz, weight_kg numeric(8,1) NOT NULL, fee numeric(8,2) NOT NULL, status shipment_status NOT NULL);
CREATE TABLE "ParcelEvents" ("eventId" int PRIMARY KEY, "shipmentId" int NOT NULL REFERENCES shipments, "eventType" text NOT NULL, "occurredAt" timestamptz NOT NULL);
INSERT INTO depots SELECT i, (ARRAY['Northgate','Southport','Eastfield','Westbrook','Midtown'])[i], (ARRAY['Lyon','Porto','Graz','Bergen','Lyon'])[i], (ARRAY['France','Portugal','Austria','Norway','France'])[i], i * 150, date '2010-03-01' + i * 400 FROM generate_series(1, 5) i;
INSERT INTO drivers SELECT i, (ARRAY['Ana','Bo','Cem','Dina','Eli','Fay'])[1 + i % 6], (ARRAY['Alba','Berg','Costa','Dahl'])[1 + i / 6 % 4], 'd' || i || '@mail.example', 1 + i % 4, CASE WHEN i > 4 THEN 1 + i % 4 END, date '2015-01-10' + i * 120, i % 5 <> 0, 18 + i % 7 FROM generate_series(1, 24) i;
INSERT INTO vehicles SELECT i, 'LG-' || (100 + i), (ARRAY['van','truck','bike'])[1 + i % 3]::vehicle_kind, CASE WHEN i % 9 > 0 THEN 1 + i % 5 END, 9000 + i * 1250, 2012 + i % 12 FROM generate_series(1, 30) i;
INSERT INTO clients SELECT i, 'Client ' || chr(64 + i), (ARRAY['gold','silver','bronze'])[1 + i % 3] FROM generate_series(1, 12) i;
INSERT INTO shipments SELECT i, 1 + i * 7 % 11, 1 + i % 5, 1 + (i + 1 + i % 3) % 5, CASE WHEN i % 13 > 0 THEN 1 + i % 20 END, CASE WHEN i % 11 > 0 THEN 1 + i % 28 END, timestamptz '2023-01-02 08:00+00' + i * interval '31 hours', CASE WHEN i % 4 > 0 THEN timestamptz '2023-01-04 08:00+00' + i * interval '31 hours' END, 5 + i * 17 % 400, 12 + i * 13 % 90, (ARRAY['planned','delivered','delivered','delivered','under way','lost'])[1 + i % 6]::shipment_status FROM generate_series(1, 500) i;
INSERT INTO "ParcelEvents" SELECT i, 1 + i % 480, (ARRAY['picked up','sorted','handed over'])[1 + i % 3], timestamptz '2023-01-02 09:00+00' + i * interval '11 hours' FROM generate_series(1, 1200) i;
`;
