/** A clinic: no declared foreign keys, comments on relations and columns, timestamps. */
export const clinicSchema = `
CREATE TABLE doctors (doctor_id integer PRIMARY KEY, full_name text NOT NULL, specialty text NOT NULL, hired_on date NOT NULL, room text NOT NULL);
CREATE TABLE patients (patient_id integer PRIMARY KEY, full_name text NOT NULL, gender text NOT NULL, date_of_birth date NOT NULL, city text NOT NULL, insurance_provider text);
CREATE TABLE appointments (appointment_id integer PRIMARY KEY, patient_id integer NOT NULL, doctor_id integer NOT NULL, scheduled_at timestamp NOT NULL, status text NOT NULL, duration_minutes integer NOT NULL, cost numeric(8,2) NOT NULL);
CREATE TABLE prescriptions (prescription_id integer PRIMARY KEY, appointment_id integer NOT NULL, drug_name text NOT NULL, dosage_mg integer NOT NULL, refills integer NOT NULL);
COMMENT ON TABLE doctors IS 'Physicians who work at the clinic.';
COMMENT ON TABLE patients IS 'People treated at the clinic.';
COMMENT ON TABLE appointments IS 'Visits of patients to doctors.';
COMMENT ON COLUMN appointments.status IS 'State of the visit: booked, completed, cancelled or no-show.';
COMMENT ON COLUMN patients.insurance_provider IS 'Insurance company; empty for patients who pay themselves.';
COMMENT ON TABLE prescriptions IS 'Drugs prescribed during appointments.';
INSERT INTO doctors SELECT n, (ARRAY['Dr. Iris Holm', 'Dr. Omar Petit', 'Dr. Lena Wolf', 'Dr. Hugo Sand', 'Dr. Mina Rao', 'Dr. Karl Beck', 'Dr. Tove Dahl'])[n], (ARRAY['Cardiology', 'Dermatology', 'Pediatrics', 'Neurology'])[1 + n % 4], date '2008-02-01' + n * 600, 'R' || (100 + n) FROM generate_series(1, 7) n;
INSERT INTO patients SELECT n, (ARRAY['Ana', 'Bo', 'Cy', 'Di', 'Ed', 'Flo', 'Gil'])[1 + n % 7] || ' ' || (ARRAY['Marsh', 'North', 'Oakes', 'Pike', 'Quill', 'Reed', 'Stone', 'Thorn'])[1 + n / 7], (ARRAY['female', 'male'])[1 + n % 2], date '1940-03-05' + n * 517, (ARRAY['Lindau', 'Varna', 'Trond'])[1 + n % 5 % 3], CASE WHEN n % 4 <> 1 THEN (ARRAY['MediPlus', 'CareFirst', 'Unity Health'])[1 + n % 3] END FROM generate_series(1, 50) n;
INSERT INTO appointments SELECT n, 1 + (n * 7) % 46, 1 + (n * n) % 11 % 6, timestamp '2023-01-02 09:00' + n * interval '2 days' + (n % 7) * interval '1 hour', CASE WHEN n > 350 THEN 'booked' ELSE (ARRAY['completed', 'completed', 'completed', 'cancelled', 'no-show'])[1 + n % 5] END, 15 + (n % 4) * 15, 40 + (n * 31) % 200 + n * 0.01 FROM generate_series(1, 365) n;
INSERT INTO prescriptions SELECT n, 1 + (n * 5) % 340, (ARRAY['Amoxicillin', 'Ibuprofen', 'Metformin', 'Lisinopril', 'Cetirizine'])[1 + n % 13 % 5], (1 + n % 8) * 50, n % 4 FROM generate_series(1, 220) n;
`;
