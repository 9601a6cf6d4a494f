SELECT a.k, b.i FROM u a CROSS JOIN u b WHERE a.i <=> b.i AND a.ts BETWEEN b.ts - INTERVAL 1 HOUR AND b.ts
