SELECT a, b FROM t WHERE b > ${least}
