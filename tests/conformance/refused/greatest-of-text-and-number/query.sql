SELECT greatest(i, s) AS x FROM t
