SELECT array_contains(array(i), s) AS x FROM t
