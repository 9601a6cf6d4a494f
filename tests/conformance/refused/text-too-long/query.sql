SELECT length(repeat('ab', 2000000000)) AS a
