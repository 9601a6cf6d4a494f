SELECT lead(i) OVER w - i AS d FROM t WINDOW w AS (ORDER BY id)
