/** Quoted plural names over columns in snake case, numbers that name rows, three dates a row, cents. */
export const permitsSchema = `
CREATE TABLE "Applicants" (applicant_no int PRIMARY KEY, full_name text NOT NULL, org_name text, phone text, is_business boolean NOT NULL);
CREATE TABLE "Districts" (district_code text PRIMARY KEY, district_name text NOT NULL, population int NOT NULL, area_km2 numeric NOT NULL);
CREATE TABLE "Inspectors" (inspector_no int PRIMARY KEY, full_name text NOT NULL, district_code text REFERENCES "Districts", hire_date date NOT NULL, annual_pay numeric NOT NULL, supervisor_no int REFERENCES "Inspectors");
CREATE TABLE "Permits" (permit_no int PRIMARY KEY, applicant_no int NOT NULL REFERENCES "Applicants", district_code text NOT NULL REFERENCES "Districts", permit_type text NOT NULL, permit_status text NOT NULL, applied_on date NOT NULL, approved_on date, expires_on date, fee_cents int NOT NULL, est_value numeric NOT NULL);
CREATE TABLE "Inspections" (inspection_no int PRIMARY KEY, permit_no int NOT NULL REFERENCES "Permits", inspector_no int NOT NULL REFERENCES "Inspectors", inspected_at timestamp NOT NULL, result text NOT NULL, duration_hours numeric NOT NULL, notes text);
CREATE TABLE "Violations" (violation_no int PRIMARY KEY, inspection_no int NOT NULL REFERENCES "Inspections", violation_code text NOT NULL, severity int NOT NULL, fine_amount numeric, resolved_on date);
INSERT INTO "Districts" VALUES ('N','North',12000,8.5),('S','South',30500,12.1),('E','East',9100,20.4),('W','West',18000,9.9);
INSERT INTO "Applicants" SELECT i, (ARRAY['Rosa Lind','Karl Bern','Tess Moor','Odd Falk','Ulla Rand'])[1+i%5]||' '||i, CASE WHEN i%3=0 THEN 'Builders '||i END, '555-'||i, i%3=0 FROM generate_series(1,30) i;
INSERT INTO "Inspectors" VALUES (1,'Nils Aker','N','2010-02-01',52000,NULL),(2,'Eva Borg','S','2015-06-15',47000,1),(3,'Jan Cask','E','2019-09-01',45000,1),(4,'Liv Dahl',NULL,'2022-01-10',41000,2);
INSERT INTO "Permits" SELECT i, 1+(i*7)%26, (ARRAY['N','S','E','W'])[1+i%4], (ARRAY['building','demolition','event','signage'])[1+(i*3)%4], (ARRAY['approved','pending','rejected','approved','withdrawn'])[1+i%5], date '2023-05-01'+i*6, CASE WHEN i%5 IN (0,3) THEN date '2023-05-20'+i*6 END, CASE WHEN i%5 IN (0,3) THEN date '2024-05-20'+i*6 END, 5000+(i*1300)%40000, 10000+(i*7919)%400000 FROM generate_series(1,120) i;
INSERT INTO "Inspections" SELECT i, 1+(i*11)%110, 1+i%3, timestamp '2023-07-01 09:00'+(i*4||' days')::interval, (ARRAY['pass','fail','pass','partial'])[1+i%4], 0.5+(i%6)*0.5, NULL FROM generate_series(1,160) i;
INSERT INTO "Violations" SELECT i, 1+(i*3)%150, (ARRAY['FIRE','ELEC','STRUCT'])[1+i%3], 1+i%5, CASE WHEN i%4=0 THEN NULL ELSE 100+(i*37)%900 END, CASE WHEN i%3=0 THEN NULL ELSE date '2024-02-01'+i END FROM generate_series(1,90) i;
`;
