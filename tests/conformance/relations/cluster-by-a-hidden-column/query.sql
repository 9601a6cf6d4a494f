SELECT n FROM calls CLUSTER BY place, took + 1
