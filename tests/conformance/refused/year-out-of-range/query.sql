SELECT date_trunc('YEAR', timestamp_micros(-9223372036854775808)) AS a
