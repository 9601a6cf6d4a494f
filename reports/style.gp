# SPDX-License-Identifier: Apache-2.0
# What all pictures share: colours, lines, the axis of time. Loaded by the other scripts, which set
# width and height before.
#
# Grey is data, colour is what the reader should look at. The page matches these very colours to
# show the pictures on a dark ground, too (page.html).

set encoding utf8
set terminal svg size width,height dynamic noenhanced font "sans-serif,13"
set datafile separator "\t"
set datafile commentschars "#"
set datafile missing "NaN"

ink = "#52514e"      # texts and lines of data
faint = "#9a988f"    # bands and second lines
grid = "#e1e0d9"
strong = "#0b0b0b"   # thresholds
array colours[6] = ["#d03b3b", "#2a78d6", "#d99000", "#4a3aa7", "#168f64", "#c2568a"]
array shapes[6] = [7, 9, 5, 13, 11, 15]
colour(i) = colours[1 + (i - 1) % 6]
shape(i) = shapes[1 + (i - 1) % 6]

set border 1 linecolor rgb "#c3c2b7" linewidth 1
set tics nomirror scale 0.5
set xtics textcolor rgb ink
set ytics textcolor rgb ink scale 0
set grid ytics linetype 1 linecolor rgb grid linewidth 1
set key off
set tmargin at screen 1 - 12.0 / height
set bmargin at screen 30.0 / height
if (!exists("left")) { left = 80 }
if (!exists("right")) { right = 40 }
set lmargin at screen 1.0 * left / width
set rmargin at screen 1 - 1.0 * right / width

# The horizontal axis is time in seconds: from, to, x_step between ticks, x_format of their labels.
if (exists("from") && exists("to")) {
  set xrange [from:to]
  set xtics out x_step
  set format x x_format timedate
}

# A vertical axis of values: bottom, top, y_step between its ticks.
if (exists("bottom") && exists("top")) {
  set yrange [bottom:top]
  set ytics y_step
}

# A line at the value `limit`, if it is not ''.
if (exists("limit") && limit ne "") {
  set arrow from graph 0, first limit + 0 to graph 1, first limit + 0 nohead front \
    linewidth 1.2 dashtype (5, 4) linecolor rgb strong
  set label limit at graph 1, first limit + 0 left offset 0.6,0 textcolor rgb strong
}

# A logarithmic vertical axis of nanoseconds from 10**low to 10**high; with has_zero its lowest
# line stands for 0.
unit(e) = e < 3 ? "ns" : e < 6 ? "µs" : e < 9 ? "ms" : "s"
duration(e) = sprintf("%d %s", int(10 ** (e < 9 ? e % 3 : e - 9) + 0.5), unit(e))
at_least_low(ns) = ns < 10.0 ** low ? 10.0 ** low : ns
if (exists("low") && exists("high")) {
  set logscale y
  set yrange [10.0 ** low:10.0 ** high]
  set ytics () nologscale
  do for [e = low:high] {
    set ytics add (has_zero && e == low ? "0" : duration(e) 10.0 ** e)
  }
}
