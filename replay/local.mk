# SPDX-License-Identifier: Apache-2.0
if HAVE_PROGRAM
bin_PROGRAMS += retrial
endif

retrial_SOURCES = \
	replay/main.c \
	$(end)
retrial_CPPFLAGS = $(AM_CPPFLAGS) -DRETRIAL_DATADIR='"$(pkgdatadir)"'
retrial_LDADD = src/libretrial.a $(DEPS_LIBS) $(THREAD_LIBS) -lm
