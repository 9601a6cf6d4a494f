SELECT get_json_object('{"a":[1,{"b":2}]}', '$.a[1].b') AS j, hash(k, i) AS h, md5(s) AS m, conv(s, 16, 10) AS c FROM t
