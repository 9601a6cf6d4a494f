SELECT CASE WHEN i > 1 THEN 'a' WHEN bo THEN s ELSE k END AS c, coalesce(f, d, 0) AS e, nullif(i, 1) AS n FROM t
