SELECT v, count(*) AS n FROM t GROUP BY ALL
