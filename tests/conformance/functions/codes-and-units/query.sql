SELECT id, soundex(k) AS a, soundex(s) AS b, mask(s, 'Q', NULL, '#', '-') AS c, luhn_check(concat(id, i)) AS d,
  url_decode(url_encode(concat(k, ' &', s))) AS e, url_encode(concat(k, ' &', s)) AS f,
  regexp_instr(k, 'é|b') AS g, regexp_substr(s, '[b-c]+') AS h, CAST(regexp_extract_all(s, '(.)') AS STRING) AS j,
  elt(id, k, s, i) AS l, decode(i, 7, 'seven', NULL, 'none', 'other') AS n, equal_null(i, id) AS o,
  timestampadd(MONTH, id, dt) AS p, dateadd(HOUR, i % 100, ts) AS q, timestampdiff(MONTH, ts, dt) AS r,
  timestampdiff(QUARTER, dt, ts) AS u, datediff(DAY, ts, dt) AS v, typeof(array(struct(m, k))) AS w
FROM t
