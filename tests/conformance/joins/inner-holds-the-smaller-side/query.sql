SELECT u.id, u.k, w.n FROM u JOIN w ON u.k = w.k
