SELECT u.id, u.k, w.n FROM w JOIN u ON u.k = w.k
