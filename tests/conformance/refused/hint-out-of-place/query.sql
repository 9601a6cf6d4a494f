SELECT id FROM t /*+ NOPE(t) */
