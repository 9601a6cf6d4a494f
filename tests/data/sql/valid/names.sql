SELECT a, A.b, a.b.c, `two words`, `x``y`, `a`.`b c`, a_1, _, 1a, t.*, s.t.*, a.select, a.`*` FROM `select`
