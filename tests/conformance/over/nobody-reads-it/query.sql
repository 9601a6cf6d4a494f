SELECT id, n FROM (
  SELECT id, row_number() OVER (ORDER BY d) AS place, rank() OVER (PARTITION BY k ORDER BY i) AS rank, id + 1 AS n
  FROM t)
