SELECT * FROM (SELECT place, took, at FROM calls)
PIVOT (max(at) AS last, count(*) FOR place IN ('east', 'west', 'nowhere' AS other))
