import { expect, test } from 'vitest';
import { commitsImplicitly } from './commits-implicitly.js';

test.each([
  'create table t (a int)', '  -- why\n DROP TABLE t', '/* x */alter table t add b int', '# y\ntruncate t', 'rename table a to b', 'grant select on t to u',
  'begin', 'START TRANSACTION READ ONLY', 'commit', 'rollback', 'rollback work', 'set autocommit = 0', 'SET @@session.autocommit=1', 'lock tables t read', 'unlock tables',
  'analyze table t', 'optimize table t', 'create index i on t (a)', 'xa start "x"',
])('%s ends a transaction of MySQL', (statement) => {
  expect(commitsImplicitly(statement)).toBe(true);
});

test.each([
  'select 1', 'insert into t values (1)', 'create temporary table t (a int)', 'drop temporary table t', 'savepoint s', 'release savepoint s', 'rollback to savepoint s', 'rollback work to s',
  'set @a = 1', "select 'drop table t'", '-- commit\nselect 1', 'with a as (select 1) select * from a', 'do release_lock(1)', 'analyze select 1', 'set session max_execution_time = 5', 'call p()', 'checksum table t',
])('%s does not', (statement) => {
  expect(commitsImplicitly(statement)).toBe(false);
});
