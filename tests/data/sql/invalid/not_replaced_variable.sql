SELECT a FROM t WHERE a > ${limit}
