SELECT date_add(dt, '2.5') AS x FROM t
