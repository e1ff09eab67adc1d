/** A lending library: declared keys, no comments, a return date that is empty while a copy is out. */
export const librarySchema = `
CREATE TABLE branches (branch_id integer PRIMARY KEY, name text NOT NULL UNIQUE, city text NOT NULL, opened_on date NOT NULL);
CREATE TABLE authors (author_id integer PRIMARY KEY, name text NOT NULL, country text NOT NULL, birth_year integer);
CREATE TABLE books (book_id integer PRIMARY KEY, title text NOT NULL, author_id integer NOT NULL REFERENCES authors, genre text NOT NULL, language text NOT NULL, pages integer NOT NULL, published_year integer NOT NULL);
CREATE TABLE copies (copy_id integer PRIMARY KEY, book_id integer NOT NULL REFERENCES books, branch_id integer NOT NULL REFERENCES branches, acquired_on date NOT NULL, price numeric(8,2) NOT NULL, condition text NOT NULL);
CREATE TABLE members (member_id integer PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, email text, city text NOT NULL, joined_on date NOT NULL, is_student boolean NOT NULL);
CREATE TABLE loans (loan_id integer PRIMARY KEY, copy_id integer NOT NULL REFERENCES copies, member_id integer NOT NULL REFERENCES members, loaned_on date NOT NULL, due_on date NOT NULL, returned_on date, fine numeric(6,2) NOT NULL);
INSERT INTO branches VALUES (1, 'Central', 'Aldport', '1965-03-01'), (2, 'Riverside', 'Aldport', '1988-09-12'), (3, 'Hilltop', 'Bexley', '2001-05-20'), (4, 'Seaview', 'Corran', '2019-11-02');
INSERT INTO authors SELECT n, 'Author ' || chr(64 + n), (ARRAY['Norway', 'Chile', 'Japan', 'Kenya'])[1 + n * 7 % 4], CASE WHEN n % 5 <> 0 THEN 1920 + n * 7 END FROM generate_series(1, 11) n;
INSERT INTO books SELECT n, 'Volume ' || n, 1 + (n * 3 + n / 7) % 10, (ARRAY['fantasy', 'history', 'science', 'poetry', 'crime'])[1 + (n * n + n / 3) % 5], (ARRAY['English', 'Spanish', 'French'])[1 + n % 7 % 3], 90 + (n * 37) % 500, 1950 + (n * 13) % 74 FROM generate_series(1, 40) n;
INSERT INTO copies SELECT n, 1 + (n * 11) % 37, 1 + (n * n) % 7 % 3, date '2010-01-04' + n * 47, 5 + (n * 17) % 60 + n * 0.01, (ARRAY['new', 'good', 'worn', 'damaged'])[1 + n % 11 % 4] FROM generate_series(1, 100) n;
INSERT INTO members SELECT n, (ARRAY['Ada', 'Ben', 'Cleo', 'Dan', 'Eva', 'Finn'])[1 + n % 6], (ARRAY['Adler', 'Brook', 'Cole', 'Dunn', 'Ellis'])[1 + n % 5], CASE WHEN n % 4 <> 0 THEN 'm' || n || '@example.test' END, (ARRAY['Aldport', 'Bexley', 'Corran'])[1 + n % 7 % 3], date '2016-01-10' + n * 90, n % 3 = 0 FROM generate_series(1, 30) n;
INSERT INTO loans SELECT n, 1 + (n * 29) % 97, 1 + (n * n + n) % 26, date '2022-01-03' + n * 3 + n % 5, date '2022-01-24' + n * 3 + n % 5, CASE WHEN n % 6 <> 0 THEN date '2022-01-10' + n * 3 + n % 23 END, CASE WHEN n % 4 = 0 THEN 1.5 * (1 + n % 9) ELSE 0 END FROM generate_series(1, 350) n;
`;
