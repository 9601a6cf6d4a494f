/* SPDX-License-Identifier: Apache-2.0 */
/* tables.h - the tables that a command line names: --table NAME=FILE, --schema NAME=DDL and
 * --option NAME.KEY=VALUE.
 */
#ifndef RETRIAL_REPLAY_TABLES_H
#define RETRIAL_REPLAY_TABLES_H

#include "exec/query.h"
#include "replay/options.h"
#include "replay/threads.h"

/* For the option lists of commands that read tables. */
#define OPTION_TABLE                                                                               \
  {                                                                                                \
    "table", 't', "NAME=FILE", "read the table NAME from the CSV file FILE", true, false           \
  }
#define OPTION_SCHEMA                                                                              \
  {                                                                                                \
    "schema", 0, "NAME=DDL", "the columns of NAME in the file's order: 'ts STRING, cpu DOUBLE'",   \
        true, false                                                                                \
  }
#define OPTION_READER                                                                              \
  {                                                                                                \
    "option", 0, "NAME.KEY=VALUE",                                                                 \
        "an option of Spark's CSV reader: 't.timestampFormat=HH:mm:ss'", true, false               \
  }
#define OPTION_THREADS                                                                             \
  {                                                                                                \
    "threads", 0, "N", "let N tasks run at once (default 1); the result is the same", false, false \
  }
#define OPTION_SPARK                                                                               \
  {                                                                                                \
    "spark", 0, "VERSION", "do as Spark 3.3, 3.5 or 4.0 does (default 3.5)", false, false          \
  }

struct named_tables {
  size_t count;
  struct query_table *table; /* schema.columns is 0 where no --schema was given */
};

/* Everything belongs to the arena or points into the arguments. ERR_USAGE for a word that is not
 * NAME=..., a table given twice, or a --schema or --option for a table that is not given;
 * ERR_SYNTAX for a schema that does not parse. */
bool tables_parse(const struct arguments *arguments, struct named_tables *out, struct arena *arena,
                  struct error *err);

/* --spark, if it is given. */
bool tables_spark(const struct arguments *arguments, enum spark_version *out, struct error *err);

/* The threads that --threads asks for; the caller releases them with threads_free(). */
struct threads *tables_threads(const struct arguments *arguments, struct error *err);

#endif
