SELECT sha2(s, 256) AS a, sha(s) AS b, crc32(s) AS c, xxhash64(k, i, d, m, ts) AS e, hash(k, f, dt, bo) AS f, base64(s) AS g, hex(s) AS h, bin(i) AS j, conv(s, 36, -10) AS l FROM t
