SELECT k, sum(sum(i)) OVER (ORDER BY k) AS a, rank() OVER (PARTITION BY max(bo) ORDER BY sum(d) DESC) AS b, count(*) AS n FROM t GROUP BY k HAVING sum(i) IS NOT NULL OR k LIKE 'a%'
