# SPDX-License-Identifier: Apache-2.0
# Latency by percentile, as HdrHistogram's plots have it: each further nine takes the same room.
#   gnuplot -e "corrected='1 2'; uncorrected='2'; low=3; high=10; has_zero=0; most=48000" latency.gp
# Data: latency-N-corrected.tsv and, for those of `uncorrected`, latency-N-uncorrected.tsv with
# percentile, nanoseconds, count at or below, count of all.

width = 960
height = 400
load "style.gp"

# The greatest of n durations stands for all above (n-1)/n.
place(percent, n) = percent < 100 && 100 / (100 - percent) < n ? 100 / (100 - percent) : n

set logscale x
end = most > 10 ? most : 10
set xrange [1:end]
set xtics () nologscale
set xtics add ("0 %%" 1, "50 %%" 2, "90 %%" 10)
nines = ""
do for [e = 2:9] {
  if (10.0 ** e <= end) {
    set xtics add (sprintf("99%s%s %%%%", e > 2 ? "." : "", nines) 10.0 ** e)
    nines = nines . "9"
  }
}
set grid xtics ytics linetype 1 linecolor rgb grid linewidth 1

file(n, kind) = sprintf("latency-%s-%s.tsv", n, kind)
plot for [n in uncorrected] file(n, "hidden") using (place($1, $4)):(at_least_low($2)) \
    with filledcurves closed fillstyle solid 0.15 noborder fillcolor rgb colour(int(n)), \
  for [n in corrected] file(n, "corrected") using (place($1, $4)):(at_least_low($2)) \
    with lines linewidth 2.5 linecolor rgb colour(int(n)), \
  for [n in uncorrected] file(n, "uncorrected") using (place($1, $4)):(at_least_low($2)) \
    with lines linewidth 2 dashtype (6, 4) linecolor rgb colour(int(n))
