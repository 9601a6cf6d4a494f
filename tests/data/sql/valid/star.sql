SELECT *, t.*, a + 1 FROM t
