-- What people write for SQLite; each statement is laid out and must say the same afterwards.

-- name: Ctes :many
-- Documentation of the code.
with recursive tree (id, parent_id, depth) as materialized (select id, parent_id, 0 from nodes where parent_id is null union all select n.id, n.parent_id, t.depth + 1 from nodes n join tree t on t.id = n.parent_id) select * from tree order by depth desc nulls last limit ?1 offset ?2;

/* name: Windows :many */
select id, row_number() over (partition by kind order by at desc), sum(amount) filter (where amount > 0) over w, lag(amount, 1, 0) over (w groups between 1 preceding and current row exclude ties) from orders window w as (partition by kind order by at);

-- name: Upsert :one
insert or replace into orders as o (id, kind) values (:id, @kind), ($x, ?4) on conflict (id) where kind <> 'x' do update set kind = excluded.kind, amount = amount + 1 where o.amount > 0 on conflict do nothing returning id, kind as "k";

-- name: Others :exec
replace into orders (id) values (1); insert into orders default values; update or ignore orders set (kind, amount) = (select 'a', 1), "at" = 2 from nodes where nodes.id = orders.id; delete from orders indexed by orders_kind where kind = 'x'; select * from orders not indexed where rowid = 1; values (1, 2), (3, 4);

-- name: Strings :many
select 'it''s', x'1F', X'aa', "double ""quoted", `back``quoted`, [in brackets], 'a' as 'b', 'é 日本 👍', '/* no */ -- comment', '', 'a\' from orders where kind glob '*[a-z]?' and kind like '10\%' escape '\' and kind not like 'x' and kind regexp 'y' and kind match 'z';

-- name: Numbers :many
select 1, -1, +1, - -1, 1.5, .5, 5., 1e5, 1E-5, 1.5e+10, .5e-3, 5.e-3, 0x1F, 7 % 3, a-1, a -1, a- 1, a<<1|2&~3, a==b, a<>b, a!=b, a is b, a is not b, a is not distinct from b, a isnull, a notnull, a not null, a||b, data->'$.x', data->>'y' from orders;

-- name: Comments :many
select id, -- it's a comment with a quote
  kind, /* a "block" /* that ends here */ amount
  , at --no space
  from orders -- dbcheck-ignore query/select-star: kept
  where id = 1 /**/ and kind = 'x';

-- name: Functions :many
select count(*), count(distinct kind), group_concat(kind, ', '), total(amount), lower (kind), replace(kind, 'a', 'b'), glob('a*', kind), iif(amount, 1, 2), datetime('now', '-1 day'), cast(amount as decimal(10, 2)), coalesce(a, nullif(b, '')), json_extract(data, '$.a[0]'), exists (select 1), (select max(id) from orders), case when a then b else c end, case a when 1 then 2 end, a collate nocase, a between 1 and 2 and b, current_timestamp, a in (1, 2), a in orders, (a, b) = (1, 2), (a, b) in (values (1, 2)) from orders, json_each(data) as j left join nodes using (id) natural join other cross join third group by kind having count(*) > 1;

-- name: SqlcCalls :many
select sqlc.embed(t), sqlc.arg(a), sqlc.narg('b') from t where x in(sqlc.slice('ids'))and y=@y and z=:z and w=$w and v=?;
