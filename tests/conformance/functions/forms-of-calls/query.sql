SELECT overlay('retrial' PLACING '--' FROM 3) AS a, overlay('retrial' PLACING '--' FROM 3 FOR 4) AS b,
  regexp('ab', 'b'), rlike('ab', 'b'), like('ab', 'a%'), ilike('AB', 'a%'),
  CAST('abc' AS VARCHAR(2)) AS c, CAST('abc' AS CHAR(5)) || '<' AS d, CAST(12.5 AS CHARACTER(2))
