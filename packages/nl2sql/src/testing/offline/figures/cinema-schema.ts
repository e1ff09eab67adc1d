/** Cinemas: inferred keys, a relation between films and actors, tickets sold for screenings. */
export const cinemaSchema = `
CREATE TABLE cinemas (cinema_id integer PRIMARY KEY, name text NOT NULL UNIQUE, city text NOT NULL, opened_year integer NOT NULL);
CREATE TABLE films (film_id integer PRIMARY KEY, title text NOT NULL UNIQUE, genre text NOT NULL, runtime_minutes integer NOT NULL, released_on date NOT NULL, budget numeric(12,2));
CREATE TABLE actors (actor_id integer PRIMARY KEY, name text NOT NULL UNIQUE, country text NOT NULL);
CREATE TABLE film_actors (film_id integer NOT NULL, actor_id integer NOT NULL, fee numeric(10,2) NOT NULL, PRIMARY KEY (film_id, actor_id));
CREATE TABLE screenings (screening_id integer PRIMARY KEY, film_id integer NOT NULL, cinema_id integer NOT NULL, starts_at timestamp NOT NULL, ticket_price numeric(6,2) NOT NULL, visitors integer NOT NULL);
INSERT INTO cinemas VALUES (1, 'Rex', 'Gdansk', 1934), (2, 'Lumen', 'Gdansk', 1988), (3, 'Palace', 'Lviv', 1951), (4, 'Orion', 'Brno', 2009), (5, 'Atlas', 'Brno', 2023);
INSERT INTO films SELECT n, 'Film ' || chr(64 + n), (ARRAY['drama', 'comedy', 'thriller', 'horror'])[1 + n * n % 7 % 4], 78 + (n * 31) % 90, date '2015-03-01' + n * 133, CASE WHEN n % 6 <> 0 THEN 250000 + (n * 7907) % 900000 END FROM generate_series(1, 25) n;
INSERT INTO actors SELECT n, 'Actor ' || chr(64 + n), (ARRAY['Poland', 'Ireland', 'Ghana'])[1 + n % 3] FROM generate_series(1, 18) n;
INSERT INTO film_actors SELECT film, actor, 1000 + (film * 97 + actor * 389) % 5000 FROM generate_series(1, 24) film, generate_series(1, 16) actor WHERE (film * 5 + actor * 7) % 6 < 2;
INSERT INTO screenings SELECT n, 1 + (n * 7 + n / 4) % 23, 1 + (n * n) % 7 % 4, timestamp '2023-01-03 18:00' + n * interval '29 hours', 6 + n % 9 * 0.75, 5 + (n * 53) % 190 FROM generate_series(1, 500) n;
`;
