# SPDX-License-Identifier: Apache-2.0
# gnuplot scripts and the page template go here, installed under $(pkgdatadir)/reports/.
