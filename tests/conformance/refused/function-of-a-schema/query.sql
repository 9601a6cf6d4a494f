SELECT builtin.abs(i) AS x FROM t
