SELECT format_number(k, 2) AS r FROM t
