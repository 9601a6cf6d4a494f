SELECT row_number() OVER (ORDER BY 1) AS place, count(*) OVER () AS rows, lag(1, 1, 2) OVER (ORDER BY 0) AS lag
