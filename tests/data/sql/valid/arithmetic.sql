SELECT 1 + 2 * 3, (1 + 2) * 3, 1 - 2 - 3, a div b % c, -a * b, - - a, a || b || c, a + b || c, a & b | c ^ d
