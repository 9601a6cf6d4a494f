SELECT u.id, u.k, w.n FROM u LEFT JOIN w ON u.k = w.k AND w.n > 7
