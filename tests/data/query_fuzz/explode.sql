SELECT k, e FROM t LATERAL VIEW explode(split(s, ' ')) x AS e WHERE e <> 'Hello'
