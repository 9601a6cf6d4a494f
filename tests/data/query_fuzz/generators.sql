SELECT stack(2, 'a', i, 'b', 7) AS (x, y) FROM t UNION ALL SELECT json_tuple('{"a":1,"b":[2]}', 'a', 'b') FROM u
