SELECT k, rank() OVER (ORDER BY count(*)) AS r, r + 1 AS next FROM t GROUP BY k HAVING count(*) > 1
