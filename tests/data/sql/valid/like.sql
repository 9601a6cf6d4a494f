SELECT a LIKE 'x%', a NOT LIKE b, a ILIKE 'x', a RLIKE '\\d', a REGEXP 'x', a LIKE 'x/%' ESCAPE '/', a || b LIKE c
