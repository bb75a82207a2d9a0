-- What people write for MySQL; each statement is laid out and must say the same afterwards.

-- name: Ctes :many
# Documentation of the code.
with recursive tree (id, parent_id, depth) as (select id, parent_id, 0 from nodes where parent_id is null union all select n.id, n.parent_id, t.depth + 1 from nodes n join tree t on t.id = n.parent_id) select * from tree order by depth desc limit ? offset ?;

/* name: Windows :many */
select id, row_number() over (partition by kind order by at desc), sum(amount) over w, lag(amount, 1, 0) over (w rows between 1 preceding and current row) from orders window w as (partition by kind order by at range between interval 1 day preceding and unbounded following);

# name: Hash :many
select a # a comment with a quote: it's
  , b -- another one "
  , c /* block ` */ , d from t where a = 1 # dbcheck-ignore query/select-star: kept
  and b = 2;

-- name: Hints :many
SELECT /*+ MAX_EXECUTION_TIME(1000) INDEX(t idx_a) */ SQL_CALC_FOUND_ROWS STRAIGHT_JOIN DISTINCT HIGH_PRIORITY a FROM t USE INDEX (idx_a) IGNORE INDEX FOR ORDER BY (idx_b), u FORCE KEY (PRIMARY) PARTITION (p0) WHERE a = 1 LIMIT 1, 2;

-- name: Executable :many
select /*!40001 SQL_NO_CACHE */ a, /*! STRAIGHT_JOIN */ b /*!80000 , c */ from t where a /*! = 1 */;

-- name: Upsert :execresult
insert ignore into `orders` (`id`, `kind`, `from`) values (?, ?, default), row(1, 2, 3) as n on duplicate key update kind = n.kind, amount = values(amount) + 1, id = last_insert_id(id);

-- name: Replace :exec
replace into t set a = 1, b = default(b); insert high_priority into t select * from u for update; insert delayed t values ();

-- name: Update :execrows
update low_priority ignore orders o inner join customers c on c.id = o.customer_id set o.a = c.a, o.b = if(c.b is null, 'x', c.b), o.`key` = o.`key` + 1 where o.id in (sqlc.slice(ids)) and c.id = sqlc.arg(id); update t set a = 1 order by b desc limit 3;

-- name: Delete :exec
delete quick o, c from orders as o left join customers c using (id) where c.id is null; delete from t where a = ? order by b limit 10; delete from a using a inner join b where a.id = b.id;

-- name: Strings :many
select 'it''s', 'a\'b\\', "double ""quoted\" it's", 'a' 'b', N'n', _utf8mb4'x' collate utf8mb4_bin, x'1F', 0x1F, b'01', 0b01, X'aa', 'é 日本 👍', '/* no */ -- comment # x', '', "?" from t where a like '10\%' escape '|' and b rlike '^a' and c regexp binary 'x' and d sounds like e;

-- name: Names :many
select `select`, `a.b`.`c d`, `quote``d`, größe, 日本, $x, a$b, 1a, t.order, t.`user`, t.key as `from`, db.t.group, t.*, db.t.* from `schema.x`.`table y` as `t`, .t2;

-- name: Variables :many
select @x := @x + 1, @`a b`, @'c d', @"e f", @@version, @@global.sql_mode, @@session.time_zone, @a.b from t, (select @x:=0) init;

-- name: Operators :many
select a<=>b, a <> b, a != b, !a, not a, a&&b, a||b, a xor b, a|b, a&b, a^b, ~a, a<<1, a>>1, a div b, a mod b, a%b, -a, - -1, a--1, a-1, a->'$.x', a->>'$.y', a member of ('[1]'), a is not true, binary a, a between 1 and 2 and b, 1.5e-3, .5, 5., 1e5 from t;

-- name: Functions :many
select count(*), count(distinct a, b), group_concat(distinct a order by b desc separator ', '), position('a' in b), date_add(now(), interval 1 day), at + interval ? hour, interval(1, 2, 3), trim(both 'x' from a), extract(year_month from at), cast(a as unsigned), cast(a as char(10) character set utf8mb4), convert(a using utf8mb4), convert(a, decimal(10, 2)), substring(a from 1 for 2), char(65 using utf8mb4), if(a, b, c), left(a, 1), right(a, 1), replace(a, 'b', 'c'), json_object('a', 1), json_arrayagg(a), match (a, b) against (? in natural language mode with query expansion), timestampdiff(second, a, b), date '2020-01-01', {d '2020-01-01'}, values(a), my_function(a), my_function (b), db.my_function(c), row_count(), utc_timestamp(3), weight_string(a as char(3)) from t;

-- name: Position :exec
insert into position (id, name) values (?, ?);

-- name: Joins :many
select * from a straight_join b on a.id = b.id natural left join c left outer join (d cross join e) on d.id = a.id join lateral (select 1) l on true, json_table(a.x, '$[*]' columns (n for ordinality, v int path '$.v' default '0' on empty, nested path '$.w' columns (z int path '$'))) as j where (a.x, a.y) in ((1, 2), (3, 4)) group by a.x with rollup having count(*) > 1 order by null for update of a skip locked;

-- name: Old :many
select a from t procedure analyse(1) lock in share mode; select a into @x from t; select a from t limit ?, ?; table t; values row(1, 2); do sleep(1); (select 1) union all (select 2) order by 1; select 1 from dual where 1 = 1 for share nowait; call p(?, @out); show tables; set @a = 1, session b = 2; start transaction; commit and chain;

-- name: SqlcCalls :many
select sqlc.embed(t), sqlc.arg(a), sqlc.arg('b'), sqlc.narg( "c" ) from t where x in(sqlc.slice('ids'))and y = sqlc.arg(y);
