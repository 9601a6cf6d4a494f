-- SPDX-License-Identifier: Apache-2.0
SELECT k, date_format(window.start, 'HH:mm:ss') AS start, count(*) AS c, count(d) AS cd, sum(d) AS sd, avg(d) AS ad, max(d) AS xd, min(d) AS nd,
       sum(f) AS sf, avg(f) AS af, max(f) AS xf, min(f) AS nf, sum(i) AS si, avg(i) AS ai, max(i) AS xi, min(i) AS ni,
       sum(n) AS sn, max(n) AS xn, sum(p) AS sp, avg(p) AS ap, min(p) AS np, max(b) AS xb, count(d) FILTER (WHERE i > 2) AS cf,
       max(d) FILTER (WHERE i > 2) AS xf2
FROM t GROUP BY k, window(ts, '40 seconds', '1 second') ORDER BY k, window.start
