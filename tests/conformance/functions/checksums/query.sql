SELECT id, md5(repeat(k, id)) AS a, sha1(s) AS b, sha2(repeat('abc', id * 7), 512) AS c, sha2(repeat('ab', id * 4), 256) AS d,
  sha2(s, 224) AS e, sha2(s, 384) AS f, crc32(k) AS g, base64(repeat('xyz1', id)) AS h,
  hash(i, b, f, d, s, dt, ts, bo, m) AS j, hash(f) AS l, hash(array(i, id), struct(k, s)) AS n, hash(CAST(m AS DECIMAL(30,2))) AS o,
  xxhash64(i, b, f, d, s, dt, ts, bo, m) AS p, xxhash64(repeat('abé', id)) AS q, xxhash64(CAST(m AS DECIMAL(38,10))) AS r
FROM t
