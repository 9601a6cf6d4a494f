SELECT id, count(n) AS rows, sum(n) AS total FROM data GROUP BY id ORDER BY id
