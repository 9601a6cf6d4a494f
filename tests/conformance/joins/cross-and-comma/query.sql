SELECT u.id, w.n FROM u, w WHERE w.n < 3
