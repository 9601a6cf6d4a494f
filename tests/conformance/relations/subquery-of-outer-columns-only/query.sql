SELECT n, (SELECT calls.took + n), (SELECT upper(place)) AS p FROM calls WHERE (SELECT took IS NOT NULL)
