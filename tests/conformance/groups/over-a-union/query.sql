WITH q AS (SELECT k, i, d * 0.1D AS d, ts FROM t WHERE id < 20
           UNION ALL SELECT k, i, f * 0.7D, ts FROM t WHERE id > 15 AND NOT isnan(f)
           UNION ALL SELECT 'last', 1, 1e-3D, TIMESTAMP'2024-03-02 00:00:00'
           UNION ALL SELECT k, count(*), sum(i) / 3, max(ts) FROM t GROUP BY k),
n AS (SELECT * FROM q WHERE NOT isnan(d)),
j AS (SELECT q.k, q.d FROM n AS q JOIN (SELECT * FROM t WHERE id < 9) AS s ON q.k = s.k)
SELECT 'all' AS what, NULL AS k, CAST(struct(sum(d), avg(d), stddev(d), skewness(d), first(k), last(k)) AS STRING) AS n FROM n
UNION ALL SELECT 'by k', k, CAST(struct(sum(d), avg(d), stddev(d), corr(d, i), first(i), last(i)) AS STRING) FROM n GROUP BY k
UNION ALL SELECT 'order', concat_ws(' ', k, i), CAST(count(*) AS STRING) FROM q GROUP BY k, i
UNION ALL SELECT 'distinct', concat_ws(' ', k, i), NULL FROM (SELECT DISTINCT k, i FROM q)
UNION ALL SELECT 'parts', k, CAST(struct(count(DISTINCT i), min(d)) AS STRING) FROM q GROUP BY k
UNION ALL SELECT 'kept', k, CAST(struct(max(k), sum(d)) AS STRING) FROM n GROUP BY k
UNION ALL SELECT 'lists', k, CAST(struct(collect_list(i), percentile_approx(d, 0.5)) AS STRING) FROM n GROUP BY k
UNION ALL SELECT 'rollup', concat_ws(' ', k, i), CAST(sum(d) AS STRING) FROM n GROUP BY ROLLUP (k, i)
UNION ALL SELECT 'window', CAST(window.start AS STRING), CAST(sum(d) AS STRING) FROM n GROUP BY window(ts, '12 hours', '6 hours')
UNION ALL SELECT 'generate', CAST(x AS STRING), CAST(sum(d) AS STRING) FROM n LATERAL VIEW explode(array(i, 2)) v AS x GROUP BY x
UNION ALL SELECT 'join', k, CAST(sum(d) AS STRING) FROM j GROUP BY k
UNION ALL SELECT 'one place', k, CAST(sum(d) AS STRING) FROM (SELECT * FROM n LIMIT 1000) GROUP BY k
UNION ALL SELECT 'semi', k, CAST(sum(d) AS STRING) FROM n WHERE k IN (SELECT k FROM t WHERE id < 9) GROUP BY k
