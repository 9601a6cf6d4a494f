SELECT ABS(i), CEIL(d), CEILING(d), Floor(d), round(d), bround(d), round(d, 2), sqrt(d), SIGN(d), signum(d), pow(d, 2), power(d, 2), pi(), e(),
  degrees(d), radians(d), mod(i, 2), negative(i), positive(i), isnull(i), isnotnull(i), nvl(i, 0), nvl2(i, 1, 2), nullif(i, 0), coalesce(i, b),
  IF(bo, 1, 2), substr(s, 2), substring(s, 2), substring(s FROM 2 FOR 3), substr(s FROM 3), locate('a', s), position('a', s), position('b' IN s),
  lpad(s, 5), rpad(s, 5, 'x'), replace(s, 'a'), overlay(s, 'x', 2), trim(s), trim('a' FROM s), trim(LEADING 'a' FROM s), ltrim('b', s), btrim(s, 'a'),
  split(s, ',')[0], regexp_extract(s, '(a)'), regexp_replace(s, 'a', 'b'), regexp(s, 'a'), regexp_like(s, 'b'),
  extract(YEAR FROM ts), date_part('year', ts), datepart('year', ts), from_unixtime(b), unix_timestamp(s), to_unix_timestamp(s), months_between(ts, dt),
  to_date(s), to_timestamp(s, 'yyyy'), dateadd(dt, 1), named_struct('x', i).x, struct(i, b).i, from_json(s, 'a INT').a, element_at(split(s, ','), 1),
  date_format(window(ts, '1 hour').start, 'HH:mm'), window(ts, '1 hour').end
FROM t LIMIT 0
