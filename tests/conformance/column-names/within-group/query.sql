SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY i DESC), percentile_disc(0.25) WITHIN GROUP (ORDER BY d) + 1 FROM t
