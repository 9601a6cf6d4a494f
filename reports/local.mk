# SPDX-License-Identifier: Apache-2.0
# What `retrial report` draws with. The program has a copy in it; those that are installed under
# $(pkgdatadir)/reports/ are for use by hand.
report_texts = \
	reports/band.gp \
	reports/lanes.gp \
	reports/latency.gp \
	reports/page.html \
	reports/seconds.gp \
	reports/series.gp \
	reports/style.gp \
	reports/throughput.gp \
	$(end)

nobase_dist_pkgdata_DATA += $(report_texts)
EXTRA_DIST += reports/texts.awk
CLEANFILES += reports/texts.c

reports/texts.c: $(report_texts) reports/texts.awk
	$(AM_V_GEN)$(MKDIR_P) reports && ( cd $(srcdir) && LC_ALL=C $(AWK) -f reports/texts.awk \
	$(report_texts) ) >$@.new && mv $@.new $@
