SELECT CAST(greatest(array(map(1, 2)), array(map(1, 2))) AS STRING) AS a
