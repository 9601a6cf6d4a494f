-- SPDX-License-Identifier: Apache-2.0
-- One query a line, over t (ts TIMESTAMP, k STRING, v INT, x DOUBLE, n INT, d DATE, b BOOLEAN).
SELECT k, v FROM t GROUP BY k
SELECT k, sum(k) AS s FROM t GROUP BY k ORDER BY k
SELECT sum(b) AS s FROM t
SELECT avg(d) AS s FROM t
SELECT sum(ts) AS s FROM t
SELECT avg(ts) AS s FROM t
SELECT avg(b) AS s FROM t
SELECT min(b) AS s, max(b) AS m FROM t
SELECT count() AS n FROM t
SELECT count(k, v) AS n FROM t
SELECT count(DISTINCT k, v) AS n FROM t
SELECT sum(v, x) AS n FROM t
SELECT sum() AS n FROM t
SELECT count(DISTINCT *) AS n FROM t
SELECT min(v, x) AS n FROM t
SELECT first(v, x) AS n FROM t
SELECT first(v, 1) AS n FROM t
SELECT count(*) AS n FROM t WHERE count(*) > 1
SELECT count(*) AS n FROM t HAVING count(*) > 1
SELECT count(*) AS n FROM t HAVING v > 1
SELECT k FROM t HAVING count(*) > 1
SELECT k FROM t GROUP BY k HAVING v > 1
SELECT k AS g, count(*) AS n FROM t GROUP BY g HAVING g > 'a' ORDER BY g
SELECT k, count(*) AS n FROM t GROUP BY 1 HAVING n > 1 ORDER BY 1
SELECT k, count(*) AS n FROM t GROUP BY 3
SELECT k, count(*) AS n FROM t GROUP BY 0
SELECT k, count(*) AS n FROM t GROUP BY 2
SELECT count(*) AS n, k FROM t GROUP BY 2 ORDER BY 2
SELECT count(*) AS n FROM t GROUP BY ()
SELECT k, v + 1 AS p FROM t GROUP BY k, v + 1 ORDER BY k, p
SELECT k, v + 2 AS p FROM t GROUP BY k, v + 1 ORDER BY k
SELECT k, v + 1 + 1 AS p FROM t GROUP BY k, v + 1 ORDER BY k, p
SELECT v % 3 AS m, count(*) AS n FROM t GROUP BY v % 3 ORDER BY v % 3
SELECT k FROM t GROUP BY k ORDER BY sum(v)
SELECT k FROM t GROUP BY k ORDER BY v
SELECT k FROM t ORDER BY sum(v)
SELECT DISTINCT k FROM t ORDER BY v
SELECT DISTINCT k FROM t ORDER BY k
SELECT sum(sum(v)) AS s FROM t
SELECT max(count(*)) AS s FROM t GROUP BY k
SELECT sum(v) OVER () AS s FROM t
SELECT sum(sum(v)) OVER () AS s FROM t GROUP BY k
SELECT k, rank() OVER (ORDER BY sum(v)) AS r FROM t GROUP BY k ORDER BY r, k
SELECT count_if(v) AS n FROM t
SELECT count_if(b) AS n FROM t
SELECT count_if(k) AS n FROM t
SELECT count(*) FILTER (WHERE v) AS n FROM t
SELECT count(*) FILTER (WHERE count(*) > 1) AS n FROM t
SELECT upper(k) FILTER (WHERE v > 1) AS n FROM t
SELECT sum(DISTINCT v) FILTER (WHERE x > 1) AS n FROM t
SELECT round(k, 2) AS r FROM t
SELECT round(d, 2) AS r FROM t
SELECT round(b) AS r FROM t
SELECT round(ts) AS r FROM t
SELECT round(x, v) AS r FROM t
SELECT round(x, 1 + 1) AS r FROM t
SELECT round(x, NULL) AS r FROM t
SELECT round(x, '2') AS r FROM t
SELECT round(x, 2.0) AS r FROM t
SELECT round(x, 1, 2) AS r FROM t
SELECT round() AS r FROM t
SELECT bround(x, k) AS r FROM t
SELECT round(x, 2L) AS r FROM t
SELECT round(x, CAST(2 AS TINYINT)) AS r FROM t
SELECT format_number(k, 2) AS r FROM t
SELECT format_number(x, v) AS r FROM t
SELECT format_number(x, NULL) AS r FROM t
SELECT format_number(d, 2) AS r FROM t
SELECT format_number(x, '0.0') AS r FROM t
SELECT format_number(x, '#') AS r FROM t
SELECT format_number(x, -2) AS r FROM t
SELECT format_string('%d', x) AS r FROM t
SELECT format_string('%f', v) AS r FROM t
SELECT format_string('%.2f', CAST(x AS DECIMAL(10,3))) AS r FROM t
SELECT format_string('%d %d', v) AS r FROM t
SELECT format_string('%q', v) AS r FROM t
SELECT format_string(k, v) AS r FROM t
SELECT format_string('%s %s', v, b, d) AS r FROM t
SELECT format_string('%s', ts) AS r FROM t
SELECT format_string('%s', d) AS r FROM t
SELECT format_string('%b', b) AS r FROM t
SELECT format_string('%c', v) AS r FROM t
SELECT format_string(v) AS r FROM t
SELECT format_string('%2$s %1$s', v, k) AS r FROM t
SELECT format_string(NULL, v) AS r FROM t
SELECT CAST(v AS DATE) AS r FROM t
SELECT CAST(d AS INT) AS r FROM t
SELECT CAST(b AS DATE) AS r FROM t
SELECT CAST(x AS TIMESTAMP) AS r FROM t
SELECT CAST(v AS TIMESTAMP) AS r FROM t
SELECT CAST(ts AS INT) AS r FROM t
SELECT CAST(ts AS DOUBLE) AS r FROM t
SELECT CAST(b AS TIMESTAMP) AS r FROM t
SELECT CAST(d AS BOOLEAN) AS r FROM t
SELECT CAST(ts AS BOOLEAN) AS r FROM t
SELECT CAST(ts AS DECIMAL(20,6)) AS r FROM t
SELECT CAST(k AS DECIMAL(39,0)) AS r FROM t
SELECT CAST(v AS DECIMAL(3,4)) AS r FROM t
SELECT CAST(v AS DECIMAL) AS r FROM t
SELECT CAST(v AS NUMERIC(4,1)) AS r FROM t
SELECT CAST(v AS REAL) AS r FROM t
SELECT CAST(v AS LONG) AS r FROM t
SELECT CAST(v AS VARCHAR(3)) AS r FROM t
SELECT CAST(v AS CHAR(3)) AS r FROM t
SELECT CAST(v AS BINARY) AS r FROM t
SELECT CAST(v AS INTEGER) AS r FROM t
SELECT CAST(v AS SHORT) AS r FROM t
SELECT CAST(v AS BYTE) AS r FROM t
SELECT CAST(v AS TEXT) AS r FROM t
SELECT v::DOUBLE AS r FROM t
SELECT TRY_CAST(k AS INT) AS r FROM t
SELECT window.start AS s FROM t
SELECT window AS s FROM t GROUP BY window(ts, '10 seconds')
SELECT window.begin AS s FROM t GROUP BY window(ts, '10 seconds')
SELECT count(window) AS n FROM t GROUP BY window(ts, '10 seconds')
SELECT window.start AS s, v FROM t GROUP BY window(ts, '10 seconds')
SELECT count(*) AS n FROM t WHERE window(ts, '10 seconds').start > ts
SELECT count(window(ts, '10 seconds')) AS n FROM t
SELECT max(window(ts, '10 seconds').end) AS n FROM t
SELECT window(ts, '10 seconds').start AS s FROM t GROUP BY window(ts, '20 seconds')
SELECT ts, count(*) AS n FROM t GROUP BY window(ts, '10 seconds')
SELECT window.* FROM t GROUP BY window(ts, '10 seconds') ORDER BY start
SELECT window_time(window) AS w FROM t GROUP BY window(ts, '10 seconds') ORDER BY w
SELECT w.start AS s FROM (SELECT window(ts, '10 seconds') w FROM t) GROUP BY w.start ORDER BY s
SELECT window.start AS s, window(ts, '10 seconds').end AS e FROM t GROUP BY window(ts, '10 seconds') ORDER BY s
SELECT count(*) AS n FROM (SELECT window(ts, '10 seconds') AS w FROM t GROUP BY w) GROUP BY window(w, '1 minute')
SELECT window(ts, '10 seconds').start AS a, window(ts, '20 seconds').start AS b FROM t
SELECT window(ts, '10 seconds').start AS a, window(ts, '10 seconds').end AS b FROM t ORDER BY a, b
SELECT count(*) AS n FROM t GROUP BY k, window(ts, '10 seconds'), window(ts, '10 seconds') ORDER BY n
SELECT count(*) AS n FROM t ORDER BY window(ts, '10 seconds')
SELECT first(window.start) AS f FROM t GROUP BY window(ts, '10 seconds') ORDER BY f
SELECT sum(v) AS s FROM t GROUP BY window(ts, '10 seconds').start ORDER BY s
SELECT k FROM t GROUP BY k HAVING window.start > 1
SELECT avg(k) AS a, min(k) AS b FROM t
SELECT sum(NULL) AS s, avg(NULL) AS a, count(NULL) AS c FROM t
SELECT CAST(max(NULL) AS INT) AS s FROM t
SELECT max(1) AS s FROM t WHERE false
SELECT any_value(v) AS s FROM t
SELECT every(b) AS s FROM t
SELECT bool_or(b) AS s FROM t
SELECT stddev(x) AS s FROM t
SELECT median(x) AS s FROM t
SELECT max_by(k, v) AS s FROM t
SELECT first_value(v) AS s, last_value(v) AS l FROM t
SELECT try_sum(v) AS s FROM t
SELECT approx_count_distinct(k) AS s FROM t
SELECT percentile(x, 0.5) AS s FROM t
SELECT variance(x) AS s FROM t
SELECT nosuch(x) AS s FROM t
SELECT min(DISTINCT v) AS s FROM t
SELECT first(DISTINCT v) AS s FROM t
SELECT k, GROUPING(k) AS g FROM t GROUP BY k
SELECT k, count(*) AS n FROM t GROUP BY ALL ORDER BY k
SELECT k, n, count(*) AS c FROM t GROUP BY ROLLUP (k, n) ORDER BY k, n
SELECT k, count(*) AS c FROM t GROUP BY k WITH ROLLUP
SELECT k, count(*) AS c FROM t GROUP BY GROUPING SETS ((k), ())
SELECT *, count(*) AS n FROM t GROUP BY k
SELECT t.k, count(t.v) AS n FROM t GROUP BY t.k ORDER BY t.k
SELECT k AS v, count(*) AS n FROM t GROUP BY v ORDER BY n
SELECT count(*) AS n FROM t GROUP BY 'a'
SELECT 1 AS one, count(*) AS n FROM t GROUP BY one
SELECT NULL AS x2, count(*) AS n FROM t GROUP BY NULL
SELECT count(*) AS N, count(k) AS n FROM t
SELECT x AS v, v AS x FROM t ORDER BY v
SELECT max(ts) - min(ts) AS r FROM t
SELECT max(d) - min(d) AS r FROM t
SELECT CAST(max(ts) AS DOUBLE) - CAST(min(ts) AS DOUBLE) AS r FROM t
SELECT sum(x) + k AS s FROM t
SELECT sum(x) + k AS s FROM t GROUP BY k ORDER BY s
SELECT upper(k) AS u FROM t GROUP BY upper(k) ORDER BY upper(k)
SELECT length(k) AS u FROM t GROUP BY k ORDER BY u
SELECT CASE WHEN v > 5 THEN 'hi' ELSE 'lo' END AS c, count(*) AS n FROM t GROUP BY CASE WHEN v > 5 THEN 'hi' ELSE 'lo' END ORDER BY c
SELECT k, sum(v) AS s FROM t GROUP BY k HAVING s > 5 ORDER BY s, k
SELECT k, sum(v) s FROM t GROUP BY k HAVING sum(x) > 5 ORDER BY avg(x), k
SELECT count(DISTINCT v, NULL) AS n FROM t
SELECT count(DISTINCT 1) AS n FROM t
SELECT avg(DISTINCT x) AS a, sum(x) AS s, count(DISTINCT k) AS c FROM t
SELECT sum(v) AS s FROM t LIMIT 0
SELECT mean(v) AS m, avg(ALL v) AS a FROM t
