/** Names in the singular, ends that may be missing, many-to-many with a note, values that differ by a sign. */
export const hospitalSchema = `
CREATE TABLE ward (ward_id int PRIMARY KEY, ward_name text NOT NULL, floor int NOT NULL, bed_count int NOT NULL, specialty text NOT NULL);
CREATE TABLE nurse (nurse_id int PRIMARY KEY, full_name text NOT NULL, ward_id int NOT NULL REFERENCES ward, grade text NOT NULL, annual_salary numeric(10,2) NOT NULL, start_date date NOT NULL, end_date date);
CREATE TABLE consultant (consultant_id int PRIMARY KEY, full_name text NOT NULL, specialty text NOT NULL, mentor_id int REFERENCES consultant);
CREATE TABLE patient (patient_id int PRIMARY KEY, full_name text NOT NULL, sex text NOT NULL CHECK (sex IN ('female','male')), birth_date date NOT NULL, blood_type text, city text NOT NULL);
CREATE TABLE admission (admission_id int PRIMARY KEY, patient_id int NOT NULL REFERENCES patient, ward_id int NOT NULL REFERENCES ward, consultant_id int NOT NULL REFERENCES consultant, admitted_at timestamp NOT NULL, discharged_at timestamp, priority text NOT NULL CHECK (priority IN ('routine','urgent','emergency')), diagnosis text NOT NULL, cost numeric(10,2) NOT NULL);
CREATE TABLE allergy (allergy_id int PRIMARY KEY, allergy_name text NOT NULL, severity text NOT NULL);
CREATE TABLE patient_allergy (patient_id int NOT NULL REFERENCES patient, allergy_id int NOT NULL REFERENCES allergy, noted_on date, PRIMARY KEY (patient_id, allergy_id));
CREATE TABLE medication_order (order_id int PRIMARY KEY, admission_id int NOT NULL REFERENCES admission, drug_name text NOT NULL, dose_mg numeric NOT NULL, ordered_at timestamp NOT NULL, stopped_at timestamp);
INSERT INTO ward VALUES (1,'Maple',1,24,'general medicine'),(2,'Oak',1,18,'orthopaedics'),(3,'Birch',2,12,'paediatrics'),(4,'Cedar',3,8,'intensive care'),(5,'Elm',3,16,'cardiology');
INSERT INTO nurse SELECT i, (ARRAY['Ava','Bea','Cora','Dov','Elin','Fred'])[1+i%6]||' '||(ARRAY['Stone','Marsh','Field'])[1+i%3], 1+i%4, (ARRAY['band 5','band 6','band 7'])[1+i%3], 28000+(i*1713)%20000, date '2012-03-01'+i*180, CASE WHEN i%8=0 THEN date '2025-01-31' END FROM generate_series(1,24) i;
INSERT INTO consultant VALUES (1,'Dr Noor Haddad','cardiology',NULL),(2,'Dr Paul Quill','orthopaedics',1),(3,'Dr Rita Sand','paediatrics',1),(4,'Dr Tom Underhill','general medicine',2),(5,'Dr Uma Vane','intensive care',NULL);
INSERT INTO patient SELECT i, (ARRAY['Ivy','Jack','Kara','Liam','Mona','Neil','Olga'])[1+i%7]||' '||(ARRAY['Pike','Rowe','Shaw','Todd'])[1+i%4]||i, CASE WHEN i%2=0 THEN 'female' ELSE 'male' END, date '1940-01-01'+i*600, (ARRAY['A+','O+','O-','B+',NULL])[1+i%5], (ARRAY['Derby','Luton','Poole'])[1+i%3] FROM generate_series(1,45) i;
INSERT INTO admission SELECT i, 1+(i*7)%40, 1+(i*i)%4, 1+i%4, timestamp '2024-01-02 09:00'+(i*5||' days')::interval, CASE WHEN i>92 THEN NULL ELSE timestamp '2024-01-02 15:00'+(i*5+i%9||' days')::interval END, (ARRAY['routine','urgent','emergency','routine'])[1+i%4], (ARRAY['fracture','asthma','angina','pneumonia','appendicitis'])[1+i%5], 400+(i*371)%9000 FROM generate_series(1,100) i;
INSERT INTO allergy VALUES (1,'Penicillin','severe'),(2,'Latex','moderate'),(3,'Peanuts','severe'),(4,'Pollen','mild');
INSERT INTO patient_allergy SELECT p, a, date '2023-01-01'+p FROM generate_series(1,45) p, generate_series(1,3) a WHERE (p*a)%4=1;
INSERT INTO medication_order SELECT i, 1+(i*3)%90, (ARRAY['Paracetamol','Ibuprofen','Morphine','Amoxicillin'])[1+i%4], 100+(i*50)%900, timestamp '2024-01-05 10:00'+(i*2||' days')::interval, CASE WHEN i%4=0 THEN NULL ELSE timestamp '2024-01-09 10:00'+(i*2||' days')::interval END FROM generate_series(1,200) i;
`;
