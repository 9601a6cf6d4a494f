SELECT /*+ COALESCE(1) */ k, x.z, v.w FROM t NATURAL LEFT JOIN u JOIN u AS v USING (k) RIGHT JOIN (SELECT k AS z FROM t) x ON x.z = k AND u.w > 0.1
