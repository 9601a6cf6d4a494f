SELECT id, min(x) OVER (ORDER BY id ROWS 1 PRECEDING) AS least, max(x) OVER (ORDER BY id ROWS 1 PRECEDING) AS most,
  max(x) OVER (ORDER BY id DESC) AS running
FROM VALUES (1, 0D), (2, -0D), (3, 0D), (4, 0D), (5, -0D), (6, NULL), (7, CAST('NaN' AS DOUBLE)) AS t(id, x)
