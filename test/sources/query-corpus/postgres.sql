-- What people write for Postgres; each statement is laid out and must say the same afterwards.

-- name: Ctes :many
-- Documentation of the code.
with recursive tree (id, parent_id, depth) as (select id, parent_id, 0 from nodes where parent_id is null union all select n.id, n.parent_id, t.depth + 1 from nodes n join tree t on t.id = n.parent_id), other as materialized (select 1 as one), third as not materialized (select 2 as two) select * from tree, other, third order by depth desc nulls last limit $1 offset $2;

-- name: Cycle :many
with recursive t (n) as (select 1 union all select n + 1 from t) search depth first by n set o cycle n set is_cycle using path select * from t;

/* name: Windows :many */
select id, row_number() over (partition by kind order by at desc), sum(amount) filter (where amount > 0) over w, lag(amount, 1, 0) over (w rows between 1 preceding and current row exclude ties), percentile_cont(0.5) within group (order by amount) from orders window w as (partition by kind order by at range between interval '1 day' preceding and unbounded following);

-- name: Lateral :many
SELECT o.id, l.* FROM orders o LEFT JOIN LATERAL (SELECT i.* FROM items i WHERE i.order_id = o.id ORDER BY i.n FETCH FIRST 3 ROWS ONLY) l ON TRUE CROSS JOIN generate_series(1, 3) WITH ORDINALITY AS g(x, n) NATURAL JOIN third JOIN fourth USING (id);

-- name: Upsert :one
insert into orders as o (id, kind, amount) values (@id, @kind, sqlc.narg('amount')::numeric(10, 2)), (default, 'a', 1.5e-3) on conflict (id) where kind <> 'x' do update set (kind, amount) = (excluded.kind, excluded.amount), at = now() where o.amount is distinct from excluded.amount returning o.*, (xmax = 0) as inserted;

-- name: Nothing :exec
insert into orders (id) overriding system value select id from old_orders on conflict on constraint orders_pkey do nothing;

-- name: Merge :exec
merge into orders o using changes as c on o.id = c.id when matched and c.gone then delete when matched then update set amount = o.amount + c.amount when not matched then insert (id, amount) values (c.id, c.amount);

-- name: Sets :many
select kind, region, grouping(kind, region), count(*) from orders group by grouping sets ((kind, region), rollup (kind), cube (region), ()) having count(*) > 1;

-- name: Json :many
select data->'a'->>'b', data #>> '{a,b}', data @> '{"a": 1}'::jsonb, data ? 'a', data ?| array['a','b'], data ?& array['a'], data - 'a', data #- '{a}', data @? '$.a[*] ? (@ > 1)', data @@ '$.a == 1', data || jsonb_build_object('k', sqlc.arg(k)::text) from docs where data->>'x'=$1 and not data ? 'y';

-- name: JsonTight :many
select data->>'a'='b',data->$1,a[1:2],a[:$1],a[lo:hi],a[1][2],a[-1:], (data->'x')::int[] from docs where data@>$2 and tags&&$3::text[] and ids@>array[1,2]and x<@y;

-- name: Arrays :many
select array[[1, 2], [3, 4]], '{1,2}'::int[], array(select id from orders), $1::uuid[], x = any($2::bigint[]), y <> all (array['a']), a || b, array_agg(distinct a order by a desc), unnest(a, b) from t;

-- name: Times :many
select now() at time zone 'utc', at at time zone $1, interval '1 day 2 hours', interval '1' day, interval(3) '1.234 s', date '2020-01-01' + 1, timestamp with time zone '2020-01-01 00:00+00', extract(epoch from at), current_timestamp(3), localtime, (a, b) overlaps (c, d), date_trunc('day', at) from t where at between symmetric $1 and $2 + interval '1 month';

-- name: Strings :many
select 'it''s', E'a\'b\\n', U&'\0041\+000041' uescape '!', U&"d\0061ta", B'0101', X'1FF', N'n', $$dollar ; -- no comment$$, $tag$ $$ /* */ $tag$, 'é 日本 👍', '/* no */ -- comment', 'a'
'continued', '' from t where a like '%\_%' escape '\' and b similar to 'a|b' and c ilike any (array['x%']) and d ~* '^a.*$' and e !~ 'x';

-- name: Names :many
select "select", "a.b"."c d", "quote""d", "Größe", größe, 日本, _x1$, t.order, t."user", t.key as "from", (r).field, (r).*, "UPPER".lower, pg_catalog.now() from "schema.x"."table y" as "t", other as o (a, "b c");

-- name: Numbers :many
select 1, -1, +1, - -1, 1.5, .5, 5., 1e5, 1E-5, 1.5e+10, .5e-3, 5.e-3, 0x1F, 0b10, 0o17, 1_000_000, 2^3, |/ 4, @ -5, ~1, 7 % 3, a-1, a -1, a- 1, a--1
, b from t;

-- name: Casts :many
select a::int, a::varchar(10)::text, cast(a as double precision), a::numeric(10,2)[], int '5', '1'::"char", (a + b)::bigint, a::timestamptz(3), treat, a::public.my_type, a collate "de_DE", row(1, 2)::my_row, a::bit varying(3) from t;

-- name: Operators :many
select a = -1, a <-1, a <- 1, a @ b, a <-> b, a <#> $1, a <=> b, a ~~ b, a !~~* b, a operator(pg_catalog.+) b, a <> b, a != b, a >>= b, a <<| b, a |>> b, a &< b, a ## b, a ?- b, a ?|| b, a %> b, a <<% b, a ^@ b, not a, a is not null, a isnull, a notnull, a is unknown, a is document from t;

-- name: Comments :many
select a, -- it's a comment with a quote
  b, /* a "block" /* nested */ still */ c,
  d --no space
  , e /* ? $1 @p */ from t -- dbcheck-ignore query/select-star: kept
  where /*+ no hint */ a = 1 /**/ and b = 2 ----
  and c = 3;

-- name: BeforeSemicolon :many
select a from t where b = 1 -- the end
;

-- name: BlockBeforeSemicolon :many
select a from t where b = 1 /* the end */ ;

-- name: Case :many
select case when a then b when c and d or e then case x when 1 then 'one' else 'many' end else null end as "case", coalesce(a, nullif(b, ''), greatest(c, d)), exists (select 1 from t where x in (1, 2, (select 3))), (select count(*) from t), a in (select b from u) from t where (a, b) in ((1, 2), (3, 4)) and (a, b) > ($1, $2);

-- name: Locks :many
select id from jobs where state = 'ready' order by id for no key update of jobs skip locked limit 1;

-- name: Update :execrows
update only orders o set amount = amount * 1.1, (kind, region) = (select k, r from x), note = default, tags[1] = 'a', addr.city = $1 from customers c join u on u.id = c.id where c.id = o.customer_id and o.id = any(sqlc.arg(ids)::bigint[]) returning o.id, c.name as customer;

-- name: Delete :exec
delete from orders using customers c where c.id = orders.customer_id and c.gone and not exists (select from items i where i.order_id = orders.id);

-- name: SqlcCalls :many
select sqlc.embed(orders), sqlc.embed(c), sqlc.arg(a)::int, sqlc.arg('b')::text, sqlc.narg( 'c' )::date, @d, @e::int, @f::text[] from orders join c on c.id = @d where x=sqlc.arg(y)and z = @z;

-- name: Values :many
values (1, 'a'), (2, 'b'); table orders; select; select 1 union (select 2 intersect select 3) except all select 4 order by 1;

-- name: Distinct :many
select distinct on (kind, region) kind, region, t.* from only orders as t tablesample bernoulli (10) repeatable (1) order by kind, region, at using > ;

-- name: Functions :many
select lower(a), lower (b), f(a => 1, b := 2), f(variadic array[1]), substring(a from 1 for 2), substring(a, 1, 2), position('a' in b), trim(both 'x' from a), trim(leading from a), overlay(a placing b from 1 for 2), string_agg(a, ', ' order by a), count(distinct (a, b)), count(*) filter (where a), xmlelement(name x, xmlattributes(a as b)), json_object('a': 1), normalize(a, nfc), collation for (a), sch.f(a), "F"(a), now(), current_user, session_user from rows from (f(1), g(2)) as x;

-- name: Copy :copyfrom
insert into orders (id, kind) values ($1, $2);

-- name: Data :exec
with moved as (delete from a where b < now() - interval '30 days' returning *), counted as (insert into c select * from moved returning 1) update d set n = (select count(*) from counted) where id = 1;

-- name: Ddl :exec
create table if not exists x (id bigint generated always as identity primary key, a text not null default 'x' check (a <> ''), b int references y (id) on delete cascade, exclude using gist (c with &&)) partition by range (id);

-- name: Body :exec
create or replace function f(a int, out b int) returns int language plpgsql as $body$ begin -- comment
  b := a + 1; return; end; $body$;

-- name: Others :exec
refresh materialized view concurrently v; set local statement_timeout = '5s'; select pg_advisory_xact_lock(hashtext($1)); notify ch, 'x'; truncate a, b restart identity cascade; explain (analyze, buffers) select 1; call p(1, 2); do $$ begin null; end $$; listen ch; lock table a in share mode; analyze a (b, c); vacuum; comment on table a is 'x'; begin; commit;
