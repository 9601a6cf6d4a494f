# SPDX-License-Identifier: Apache-2.0
bin_PROGRAMS += retrial

retrial_SOURCES = \
	replay/command.h \
	replay/commands/commands.h \
	replay/commands/help.c \
	replay/commands/init.c \
	replay/commands/list.c \
	replay/commands/version.c \
	replay/locate.c replay/locate.h \
	replay/main.c \
	replay/options.c replay/options.h \
	replay/version.h \
	$(end)
retrial_CPPFLAGS = $(AM_CPPFLAGS) -DRETRIAL_DATADIR='"$(pkgdatadir)"'
retrial_LDADD = src/libretrial.a $(DEPS_LIBS) $(THREAD_LIBS) -lm

dist_man_MANS += replay/retrial.1 replay/retrial-pipeline.5
