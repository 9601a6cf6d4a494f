WITH known AS (TABLE sites)
SELECT area, place FROM (TABLE known) WHERE took IS NOT NULL
UNION ALL (SELECT place, area FROM (TABLE sites EXCEPT TABLE known))
