SELECT a FROM join x
