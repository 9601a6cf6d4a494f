SELECT a * / b
