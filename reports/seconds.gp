# SPDX-License-Identifier: Apache-2.0
# The durations of one metric over time: the middle one, 99 % and the greatest of each step.
#   gnuplot -e "data='seconds-1.tsv'; low=3; high=10; has_zero=0; from=0; to=600; x_step=60;
#               x_format='%M:%S'" seconds.gp
# Data: second, count, p50, p99, maximum in nanoseconds; an empty line where nothing happened.

width = 960
height = 240
load "style.gp"

plot data using 1:(at_least_low($5)) with steps linewidth 1 linecolor rgb faint, \
  data using 1:(at_least_low($4)) with steps linewidth 1.5 linecolor rgb colour(2), \
  data using 1:(at_least_low($3)) with steps linewidth 2 linecolor rgb ink
