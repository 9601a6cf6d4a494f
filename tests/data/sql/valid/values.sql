SELECT * FROM VALUES (1, 'x'), (2, NULL) AS v(a, b), VALUES 1, 2
