SELECT place, took, GROUPING__ID, grouping__id + 1, count(*) AS c FROM calls
GROUP BY CUBE (place, took) HAVING grouping__id > 0 ORDER BY 3, 1, 2
