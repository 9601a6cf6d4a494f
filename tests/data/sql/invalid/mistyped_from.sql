SELECT a AS b,
       c AS d
FORM t
