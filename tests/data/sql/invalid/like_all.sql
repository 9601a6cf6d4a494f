SELECT a LIKE ALL ('x', 'y')
