# SPDX-License-Identifier: Apache-2.0
# One value of all series: from the least to the greatest, the median, the threshold, the alerts.
#   gnuplot -e "job='job-1'; value=1; labels='1 3'; few=''; limit='80.07'; left=80; right=70; from=75180;
#               to=82380; x_step=900; x_format='%H:%M'; bottom=0; top=100; y_step=20" band.gp
# Data: JOB-VALUE-band.tsv with seconds, least, median, greatest; JOB-VALUE-marks.tsv with seconds,
# value, label. limit may be ''.

width = 960
height = 250
load "style.gp"

file(kind) = sprintf("%s-%d-%s.tsv", job, value, kind)
plot file("band") using 1:2:4 with filledcurves fillstyle solid 0.25 noborder fillcolor rgb faint, \
  file("band") using 1:3 with lines linewidth 1.5 linecolor rgb ink, \
  for [i in few] file("band") using 1:3 with points pointtype 7 pointsize 0.3 linecolor rgb ink, \
  for [i in labels] file("marks") using 1:($3 == int(i) ? $2 : NaN) \
    with points pointtype shape(int(i)) pointsize (few ne "" ? 0.7 : 0.35) linecolor rgb colour(int(i))
