SELECT place, count(*) FROM calls GROUP BY place DISTRIBUTE BY count(*)
