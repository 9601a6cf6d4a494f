# SPDX-License-Identifier: Apache-2.0
# Who had an alert when: a lane for each series, a bar for each stretch of windows with one alert.
#   gnuplot -e "job='job-1'; lanes=20; labels='1 2 3'; left=80; right=70; from=75180; to=82380; x_step=900;
#               x_format='%H:%M'" lanes.gp
# Data: JOB-lanes.tsv with lane (from the top), name, windows with an alert; JOB-bars.tsv with lane,
# start and end in seconds, label.

width = 960
height = 48 + 18 * lanes
load "style.gp"

set yrange [lanes + 0.5:0.5]
unset ytics
unset grid
set style fill solid noborder

plot job."-lanes.tsv" using ((from + to) / 2.0):1:(from):(to):($1 - 0.42):($1 + 0.42) \
    with boxxyerror fillcolor rgb "#f1f0ea", \
  for [i in labels] job."-bars.tsv" \
    using ($2):($4 == int(i) ? $1 : NaN):2:3:($1 - 0.42):($1 + 0.42) \
    with boxxyerror fillcolor rgb colour(int(i)), \
  job."-lanes.tsv" using (from):1:2 with labels right offset -0.7,0 textcolor rgb ink, \
  job."-lanes.tsv" using (to):1:3 with labels left offset 0.7,0 textcolor rgb ink
