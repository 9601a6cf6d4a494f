SELECT array_join(array(k, s), ',') AS a, size(sequence(1, 5)) AS b, element_at(map('a', i), 'a') AS c, transform(array(i, 2), x -> x + 1)[0] AS e FROM t
