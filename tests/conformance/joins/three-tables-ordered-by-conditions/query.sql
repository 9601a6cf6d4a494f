SELECT a.id, b.id AS bid, c.id AS cid FROM u a, t b, u c WHERE a.k = c.k AND b.id = c.id
