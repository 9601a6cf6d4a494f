# SPDX-License-Identifier: Apache-2.0
# Rows sent and messages acknowledged a second.
#   gnuplot -e "sent='rate-1.tsv'; acked='rate-2.tsv'; from=0; to=600; x_step=60; x_format='%M:%S'" \
#     throughput.gp
# Data: second, events a second. Either may be ''.

width = 960
height = 220
load "style.gp"

set yrange [0:*]
plot for [file in acked] file using 1:2 with steps linewidth 3.5 linecolor rgb colour(2), \
  for [file in sent] file using 1:2 with steps linewidth 1.5 linecolor rgb ink
