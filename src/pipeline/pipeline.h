/* SPDX-License-Identifier: Apache-2.0 */
/* pipeline.h - a pipeline as its pipeline.yaml declares it, checked.
 *
 * pipeline_load() reads DIR/pipeline.yaml in three steps: parameters first, with their defaults
 * and what --set says; then ${name} is replaced in every other text; then names are checked
 * against each other (topics, columns, files). Everything belongs to the pipeline until
 * pipeline_free(). Times are in nanoseconds.
 */
#ifndef RETRIAL_PIPELINE_PIPELINE_H
#define RETRIAL_PIPELINE_PIPELINE_H

#include "base/distribution.h"
#include "base/error.h"
#include "broker/broker.h"
#include "sql/spark_version.h"
#include "sql/variables.h"
#include "table/schema.h"

/* A choice's name is what --set takes; its text is what ${parameter} becomes. */
struct choice {
  struct slice name, text;
};

struct parameter {
  struct slice name, about;
  struct slice fallback;     /* the default, as --set would give it */
  size_t choices;            /* 0: any text */
  struct choice *choice;
  struct slice value;        /* what was set, or the fallback: a choice's name or any text */
  bool is_set;               /* by --set */
};

/* A field of a message: its name in the JSON text and where its value comes from. */
struct message_field {
  struct slice name;
  bool is_sent;              /* the wall-clock time of sending, HH:mm:ss, instead of a column */
  size_t column;             /* else: the dataset's column */
};

enum { PIPELINE_MOST_PARTITIONS = 4096, PIPELINE_MOST_REPLICATION = 32767 };

struct topic {
  struct slice name;
  uint32_t partitions;       /* 1 .. PIPELINE_MOST_PARTITIONS */
  int key;                   /* the dataset's column, or -1 for no key */
  size_t fields;
  struct message_field *field;
  uint32_t replication;      /* where a cluster makes it; 0: as the cluster does */
  size_t settings;           /* there, too: retention.ms and the like */
  struct broker_setting *setting;
  struct distribution service, delivery; /* broker/modelled.h: what the virtual broker takes for a
                                            record, and until consumers see it */
};

struct consumer {
  struct slice name;
  size_t topics;
  size_t *topic;             /* indexes into the pipeline's topics */
  int64_t idle_timeout_ns;
};

/* A column of a stored table: a field of the topic's message under its new name. */
struct table_column {
  struct slice name;
  size_t field;
  struct type type;          /* as declared, else the dataset's for that field, STRING for the
                                time of sending: what the stored text is read as */
};

struct stored_table {
  struct slice name;
  size_t topic;
  struct slice file;         /* below the run's directory: cpu_data.csv */
  size_t columns;
  struct table_column *column;
  struct schema schema;      /* the same columns as a schema */
};

/* `parameter`, when its value is "auto", is what this query over the job's tables gives. */
struct automatic {
  struct slice parameter, query_file; /* below the pipeline's directory */
};

/* A column of numbers, and the finite number that it is compared with; empty: none. */
struct plot_value {
  struct slice column, threshold;
};

/* How `retrial report` draws a job's output: the names of its columns. */
struct plot {
  struct slice time;
  struct slice series;       /* one curve for each text in it; empty: all rows are one curve */
  struct slice alert;        /* rows with a text in it are marked; empty: none are */
  size_t values;
  struct plot_value *value;
};

/* Which rows of a job's output are alerts and which samples these come from: replay/alert_times.h. */
struct alerts {
  struct slice when;         /* the output's column with the alert: a text that is not empty, true */
  struct slice series;       /* SQL over the dataset's columns, and in the job's query; or empty */
  struct slice start, end;   /* of the window: SQL in the job's query */
  uint32_t line, column;     /* where they are declared */
};

struct job {
  struct slice name;
  struct slice query_file;   /* below the pipeline's directory */
  size_t automatics;
  struct automatic *automatic;
  struct slice output;       /* below the run's directory: team_CPU_MEM.csv */
  struct plot *plot;         /* NULL: it has none */
  struct alerts *alerts;     /* NULL: they are not timed */
};

struct generator;            /* pipeline/generator.h: how `retrial generate` makes a dataset */

struct pipeline {
  struct arena arena;
  const char *directory, *file; /* file is directory/pipeline.yaml, as errors name it */
  struct slice name, about;
  enum spark_version spark;  /* whose rules the jobs follow */
  size_t parameters;
  struct parameter *parameter;
  struct {
    struct slice file;       /* below the directory, or absolute */
    struct schema schema;
    struct slice time;       /* SQL expression of the event time */
  } dataset;
  struct {
    size_t group_by;         /* column: rows with the same text here, one behind the other, go together */
    int64_t every_ns;
  } schedule;
  size_t topics;
  struct topic *topic;
  struct {
    size_t settings;         /* of librdkafka, for the clients of a cluster: acks, linger.ms */
    struct broker_setting *setting;
  } broker;
  size_t consumers;
  struct consumer *consumer;
  size_t tables;
  struct stored_table *table;
  size_t jobs;
  struct job *job;
  struct generator *generator; /* NULL: the pipeline has none */
};

/* One --set. */
struct setting {
  struct slice name, value;
};

/* NULL with an error at file, line and column (ERR_SYNTAX, ERR_NAME, ERR_IO); a --set that no
 * parameter takes is ERR_USAGE with the nearest name or the choices. */
struct pipeline *pipeline_load(const char *directory, const struct setting *setting,
                               size_t settings, struct error *err);

/* The same from a text in the place of the file; other files are read from `directory`. */
struct pipeline *pipeline_read(struct slice text, const char *directory,
                               const struct setting *setting, size_t settings,
                               struct error *err);

void pipeline_free(struct pipeline *pipeline);

/* The values of all parameters as variables for sql/variables.h, in the arena. */
struct variable *pipeline_variables(const struct pipeline *pipeline, size_t *count,
                                    struct arena *arena);

#endif
