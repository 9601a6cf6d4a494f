# SPDX-License-Identifier: Apache-2.0
bin_PROGRAMS += retrial

# The replay itself, apart from the program: tests and benchmarks link it, too.
noinst_LIBRARIES += replay/libreplay.a
replay_libreplay_a_SOURCES = \
	replay/alert_times.c replay/alert_times.h \
	replay/alert_windows.c replay/alert_windows.h \
	replay/dataset.c replay/dataset.h \
	replay/driver/after.c \
	replay/driver/before.c \
	replay/driver/cast.c \
	replay/driver/driver.c replay/driver/driver.h \
	replay/driver/internal.h \
	replay/driver/jobs.c \
	replay/driver/watch.c \
	replay/file_hash.c replay/file_hash.h \
	replay/grid.c replay/grid.h \
	replay/job.c replay/job.h \
	replay/latency_files.c replay/latency_files.h \
	replay/latency_table.c replay/latency_table.h \
	replay/layout.c replay/layout.h \
	replay/pipeline_json.c replay/pipeline_json.h \
	replay/progress.c replay/progress.h \
	replay/roles/acks.c replay/roles/acks.h \
	replay/roles/capture_rows.c replay/roles/capture_rows.h \
	replay/roles/capture_topics.c replay/roles/capture_topics.h \
	replay/roles/consumer.c replay/roles/consumer.h \
	replay/roles/flight.c replay/roles/flight.h \
	replay/roles/interrupt.c replay/roles/interrupt.h \
	replay/roles/journal.c replay/roles/journal.h \
	replay/roles/locked.c replay/roles/locked.h \
	replay/roles/loop.c replay/roles/loop.h \
	replay/roles/model.c replay/roles/model.h \
	replay/roles/producer.c replay/roles/producer.h \
	replay/roles/recorder.c replay/roles/recorder.h \
	replay/roles/rejects.c replay/roles/rejects.h \
	replay/roles/reorder.c replay/roles/reorder.h \
	replay/roles/resume.c replay/roles/resume.h \
	replay/roles/role.h \
	replay/roles/rows.c replay/roles/rows.h \
	replay/roles/sent_times.c replay/roles/sent_times.h \
	replay/roles/silence.c replay/roles/silence.h \
	replay/roles/source.h \
	replay/roles/stamp.c replay/roles/stamp.h \
	replay/roles/stored.c replay/roles/stored.h \
	replay/run_record.c replay/run_record.h \
	replay/threads.c replay/threads.h \
	replay/time/clock.c replay/time/clock.h \
	replay/time/clock_watch.c replay/time/clock_watch.h \
	replay/time/pace.c replay/time/pace.h \
	replay/time/schedule.c replay/time/schedule.h \
	replay/time/sleeper.c replay/time/sleeper.h \
	replay/time/spin.c replay/time/spin.h \
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
retrial_LDADD = replay/libreplay.a src/libretrial.a $(MALLOC_LIBS) $(DEPS_LIBS) $(THREAD_LIBS) -lm

dist_man_MANS += replay/retrial.1 replay/retrial-pipeline.5
nodist_man_MANS = replay/retrial-sql.7
CLEANFILES += replay/retrial-sql.7

replay/retrial-sql.7: $(reference_chapters) src/sql/reference/reference.awk
	$(AM_V_GEN)$(MKDIR_P) replay && ( $(reference_from) -v as=mdoc $(reference_chapters) ) >$@.new && \
	mv $@.new $@
