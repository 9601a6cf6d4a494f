SELECT a,
  'abc AS a FROM t
