# SPDX-License-Identifier: Apache-2.0
bin_PROGRAMS += retrial

# The replay itself, apart from the program: tests and benchmarks link it, too.
noinst_LIBRARIES += replay/libreplay.a
replay_libreplay_a_SOURCES = \
	replay/acks.c replay/acks.h \
	replay/alert_times.c replay/alert_times.h \
	replay/alert_windows.c replay/alert_windows.h \
	replay/capture_rows.c replay/capture_rows.h \
	replay/capture_topics.c replay/capture_topics.h \
	replay/clock.c replay/clock.h \
	replay/clock_watch.c replay/clock_watch.h \
	replay/consumer.c replay/consumer.h \
	replay/dataset.c replay/dataset.h \
	replay/driver.c replay/driver.h \
	replay/file_hash.c replay/file_hash.h \
	replay/flight.c replay/flight.h \
	replay/grid.c replay/grid.h \
	replay/interrupt.c replay/interrupt.h \
	replay/job.c replay/job.h \
	replay/journal.c replay/journal.h \
	replay/latency_files.c replay/latency_files.h \
	replay/latency_table.c replay/latency_table.h \
	replay/layout.c replay/layout.h \
	replay/locked.c replay/locked.h \
	replay/loop.c replay/loop.h \
	replay/model.c replay/model.h \
	replay/pace.c replay/pace.h \
	replay/pipeline_json.c replay/pipeline_json.h \
	replay/producer.c replay/producer.h \
	replay/progress.c replay/progress.h \
	replay/recorder.c replay/recorder.h \
	replay/rejects.c replay/rejects.h \
	replay/reorder.c replay/reorder.h \
	replay/resume.c replay/resume.h \
	replay/role.h \
	replay/rows.c replay/rows.h \
	replay/run_record.c replay/run_record.h \
	replay/schedule.c replay/schedule.h \
	replay/sent_times.c replay/sent_times.h \
	replay/sleeper.c replay/sleeper.h \
	replay/source.h \
	replay/spin.c replay/spin.h \
	replay/stamp.c replay/stamp.h \
	replay/stored.c replay/stored.h \
	replay/threads.c replay/threads.h \
	$(end)

retrial_SOURCES = \
	replay/choose.c replay/choose.h \
	replay/command.h \
	replay/commands/accept.c \
	replay/commands/commands.h \
	replay/commands/consume.c \
	replay/commands/export.c \
	replay/commands/generate.c \
	replay/commands/help.c \
	replay/commands/init.c \
	replay/commands/job.c \
	replay/commands/list.c \
	replay/commands/process.c \
	replay/commands/produce.c \
	replay/commands/record.c \
	replay/commands/report.c \
	replay/commands/run.c \
	replay/commands/show.c \
	replay/commands/sql.c \
	replay/commands/verify.c \
	replay/commands/version.c \
	replay/export_spark.c replay/export_spark.h \
	replay/golden.c replay/golden.h \
	replay/header.c replay/header.h \
	replay/load.c replay/load.h \
	replay/locate.c replay/locate.h \
	replay/main.c \
	replay/open.c replay/open.h \
	replay/options.c replay/options.h \
	replay/play.c replay/play.h \
	replay/reference.c replay/reference.h \
	replay/report/figure.c replay/report/figure.h \
	replay/report/gnuplot.c replay/report/gnuplot.h \
	replay/report/html.c replay/report/html.h \
	replay/report/job_pictures.c replay/report/job_pictures.h \
	replay/report/measured.c replay/report/measured.h \
	replay/report/measured_curves.c \
	replay/report/measured_pictures.h \
	replay/report/measured_seconds.c \
	replay/report/page.c replay/report/page.h \
	replay/report/page_jobs.c \
	replay/report/page_latency.c \
	replay/report/page_run.c \
	replay/report/run.c replay/report/run.h \
	replay/report/svg.c replay/report/svg.h \
	replay/report/texts.h \
	replay/report/windows.c replay/report/windows.h \
	replay/scratch.c replay/scratch.h \
	replay/summary.c replay/summary.h \
	replay/tables.c replay/tables.h \
	replay/transport.c replay/transport.h \
	replay/version.h \
	$(end)
nodist_retrial_SOURCES = replay/spark_jobs.c reports/texts.c
CLEANFILES += replay/spark_jobs.c
EXTRA_DIST += replay/lines.awk replay/spark_jobs.py

replay/spark_jobs.c: replay/spark_jobs.py replay/lines.awk
	$(AM_V_GEN)$(MKDIR_P) replay && LC_ALL=C $(AWK) -v name=spark_jobs_lines \
	-f $(srcdir)/replay/lines.awk $(srcdir)/replay/spark_jobs.py >$@.new && mv $@.new $@

retrial_CPPFLAGS = $(AM_CPPFLAGS) -DRETRIAL_DATADIR='"$(pkgdatadir)"'
retrial_LDADD = replay/libreplay.a src/libretrial.a $(DEPS_LIBS) $(THREAD_LIBS) -lm

dist_man_MANS += replay/retrial.1 replay/retrial-pipeline.5
nodist_man_MANS = replay/retrial-sql.7
CLEANFILES += replay/retrial-sql.7

replay/retrial-sql.7: $(reference_chapters) src/sql/reference/reference.awk
	$(AM_V_GEN)$(MKDIR_P) replay && ( $(reference_from) -v as=mdoc $(reference_chapters) ) >$@.new && \
	mv $@.new $@
