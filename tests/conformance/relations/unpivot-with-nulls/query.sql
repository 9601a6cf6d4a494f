SELECT * FROM calls UNPIVOT INCLUDE NULLS ((a, b) FOR what IN ((took, cost), (n, N) AS twice)) AS u WHERE u.at IS NOT NULL
