CREATE OR REPLACE TEMPORARY VIEW v AS SELECT k, i FROM t WHERE i > 0; SELECT i, n FROM v JOIN (VALUES ('a', 1), ('b', 2)) AS x(k, n) ON v.k = x.k
