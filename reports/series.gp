# SPDX-License-Identifier: Apache-2.0
# One value of one series, its threshold, its alerts.
#   gnuplot -e "data='job-1-1-series-2.tsv'; labels='1 3'; few=''; limit='80.07'; left=60; right=70; from=75180;
#               to=82380; x_step=1800; x_format='%H:%M'; bottom=0; top=100; y_step=50" series.gp
# Data: seconds, value, label of the mark or 0; an empty line where windows are missing.

width = 480
height = 130
load "style.gp"

plot data using 1:2 with lines linewidth 1.2 linecolor rgb ink, \
  for [i in few] data using 1:2 with points pointtype 7 pointsize 0.3 linecolor rgb ink, \
  for [i in labels] data using 1:($3 == int(i) ? $2 : NaN) \
    with points pointtype shape(int(i)) pointsize (few ne "" ? 0.7 : 0.4) linecolor rgb colour(int(i))
