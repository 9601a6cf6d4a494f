SELECT * FROM (SELECT id, i, row_number() OVER (ORDER BY i) AS place, rank() OVER (ORDER BY i) AS rank FROM t LIMIT 6 OFFSET 1)
UNION ALL
SELECT * FROM (SELECT id, i, row_number() OVER (ORDER BY i) AS place, ntile(3) OVER (ORDER BY i) AS third FROM t LIMIT 6)
UNION ALL
SELECT id, i, place, rank FROM (SELECT id, i, row_number() OVER (ORDER BY i) AS place, rank() OVER (ORDER BY i) AS rank FROM t) WHERE rank < 3
