SELECT x.place, x.n, y.b FROM (calls JOIN sites USING (place)) AS x
JOIN ((SELECT 1 AS a) CROSS JOIN (SELECT 20 AS c)) y (a, b) ON x.n > y.a
