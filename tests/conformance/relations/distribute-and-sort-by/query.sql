SELECT n, took, place FROM (SELECT n, took, place FROM calls DISTRIBUTE BY place, took)
DISTRIBUTE BY n % 2 SORT BY took DESC NULLS FIRST LIMIT 8
