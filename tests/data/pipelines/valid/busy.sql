SELECT door, sum(people) AS people FROM passages GROUP BY door HAVING sum(people) >= ${limit} ORDER BY door
