SELECT a /* comment /* nested */ FROM t
