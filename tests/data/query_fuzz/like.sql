SELECT s LIKE '%l_' AS a, s RLIKE '^H' AS b, locate('l', s) AS c, lpad(s, 8, 'ab') AS d, format_string('%5.2f|%s', d, k) AS e FROM t
