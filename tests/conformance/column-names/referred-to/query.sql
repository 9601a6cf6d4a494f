SELECT q.`count(1)` + 1, `sum(i)`, `(id % 2)`
FROM (SELECT id % 2, count(*), sum(i) FROM t GROUP BY `(id % 2)` HAVING `count(1)` > 0 ORDER BY `sum(i)` DESC) q
ORDER BY `sum(i)`
