SELECT u.id, w.n FROM u LEFT JOIN w ON u.k = w.k WHERE w.n > 20
