/** A helpdesk: declared keys, agents in teams, tickets that may be open, a junction of tickets and tags. */
export const helpdeskSchema = `
CREATE TABLE teams (team_id integer PRIMARY KEY, name text NOT NULL UNIQUE, site text NOT NULL);
CREATE TABLE agents (agent_id integer PRIMARY KEY, full_name text NOT NULL, team_id integer NOT NULL REFERENCES teams, level text NOT NULL, hired_on date NOT NULL, salary numeric(9,2) NOT NULL);
CREATE TABLE companies (company_id integer PRIMARY KEY, name text NOT NULL UNIQUE, industry text NOT NULL, country text NOT NULL);
CREATE TABLE tickets (ticket_id integer PRIMARY KEY, company_id integer NOT NULL REFERENCES companies, agent_id integer REFERENCES agents, opened_on date NOT NULL, closed_on date, priority text NOT NULL, hours_spent numeric(6,2) NOT NULL);
CREATE TABLE tags (tag_id integer PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE ticket_tags (ticket_id integer NOT NULL REFERENCES tickets, tag_id integer NOT NULL REFERENCES tags, PRIMARY KEY (ticket_id, tag_id));
INSERT INTO teams VALUES (1, 'Network', 'Oslo'), (2, 'Desktop', 'Oslo'), (3, 'Billing', 'Turin'), (4, 'Security', 'Turin');
INSERT INTO agents SELECT n, (ARRAY['Ada', 'Bo', 'Cleo', 'Dag', 'Eli', 'Fay', 'Gus'])[1 + n % 7] || ' ' || (ARRAY['Lind', 'Moe', 'Nys'])[1 + n / 7], 1 + n % 3, (ARRAY['junior', 'senior', 'lead'])[1 + n % 7 % 3], date '2016-02-01' + n * 131, 30000 + (n * 7919) % 31000 FROM generate_series(1, 20) n;
INSERT INTO companies SELECT n, 'Company ' || chr(64 + n), (ARRAY['retail', 'health', 'energy'])[1 + n % 3], (ARRAY['Norway', 'Italy', 'Peru', 'Kenya'])[1 + n % 4] FROM generate_series(1, 14) n;
INSERT INTO tickets SELECT n, 1 + (n * n + n / 3) % 12, CASE WHEN n % 10 <> 3 THEN 1 + (n * 11 + n / 5) % 18 END, date '2022-01-05' + n * 3 - n % 4, CASE WHEN n % 6 <> 0 THEN date '2022-01-08' + n * 3 + n % 9 END, (ARRAY['low', 'medium', 'high', 'urgent'])[1 + n % 9 % 4], 0.5 + (n * 37) % 90 * 0.25 FROM generate_series(1, 350) n;
INSERT INTO tags VALUES (1, 'printer'), (2, 'vpn'), (3, 'invoice'), (4, 'password'), (5, 'hardware');
INSERT INTO ticket_tags SELECT DISTINCT 1 + (n * 7) % 340, 1 + (n * n) % 11 % 4 FROM generate_series(1, 420) n;
`;
