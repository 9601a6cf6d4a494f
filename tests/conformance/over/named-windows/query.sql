SELECT id,
  sum(i) OVER w AS sum,
  count(*) OVER (w) AS count,
  lag(i) OVER W AS lag,
  row_number() OVER v AS place
FROM t
WINDOW w AS (PARTITION BY k ORDER BY id), W AS (v), v AS (ORDER BY id DESC), u AS (ORDER BY nothing)
