FROM calls
SELECT n, place WHERE took > 5 ORDER BY n DESC LIMIT 2
SELECT count(*), place GROUP BY place HAVING count(*) > 1
SELECT n, x LATERAL VIEW explode(array('u', 'v')) e AS x WHERE n < 2
