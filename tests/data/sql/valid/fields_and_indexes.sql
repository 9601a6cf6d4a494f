SELECT split(a, ',')[0], a[1][2], a.b[c + 1].d, f(a).b.c, (a).b, map['k'], (a, b), (a, b).col1, x -> x + 1
