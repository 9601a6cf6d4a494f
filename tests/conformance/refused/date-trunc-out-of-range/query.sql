SELECT date_trunc('MINUTE', timestamp_micros(-9223372036854775808)) AS a
