SELECT named_struct('a', 1, 'A', 2).a AS x
