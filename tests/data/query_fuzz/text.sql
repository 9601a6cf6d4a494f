SELECT upper(s) AS u, substring(s, 2, 3) AS p, concat_ws('-', k, s) AS c, regexp_replace(s, '[a-c]+', 'x') AS r, split(s, 'l')[0] AS e FROM t
