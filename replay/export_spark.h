/* SPDX-License-Identifier: Apache-2.0 */
/* export_spark.h - a pipeline's jobs as a program for Apache Spark. */
#ifndef RETRIAL_REPLAY_EXPORT_SPARK_H
#define RETRIAL_REPLAY_EXPORT_SPARK_H

#include "base/buffer.h"
#include "pipeline/pipeline.h"

/* Appends the program in Python: what the pipeline declares as literals, with the values that its
 * parameters have, then the lines of spark_jobs.py. */
void export_spark(struct pipeline *pipeline, struct buffer *out);

/* The lines of replay/spark_jobs.py, each with its line end; NULL behind the last. */
extern const char *const spark_jobs_lines[];

#endif
