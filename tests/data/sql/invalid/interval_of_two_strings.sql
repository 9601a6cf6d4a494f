SELECT INTERVAL '1 day' '2 hours'
