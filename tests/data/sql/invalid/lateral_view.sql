SELECT a FROM t LATERAL VIEW explode(b) c AS d
