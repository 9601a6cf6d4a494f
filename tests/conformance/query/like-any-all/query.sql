SELECT id, k LIKE ANY ('a%', 'z%'), k NOT LIKE ALL ('a%', '%b'), k LIKE ANY ('A%', NULL),
       k NOT LIKE ANY ('a%', '%b', NULL), k ILIKE ANY ('A%', 'Z%'), NOT k LIKE SOME ('a' || '%'),
       s LIKE ALL ('a%', '%c') AS every, s NOT ILIKE ALL ('%B%', NULL, 'x') AS none, s LIKE ANY ('a%', NULL) AS one
FROM t
