/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/export_spark.h"

#include "replay/dataset.h"
#include "replay/version.h"

/* A Python literal. */
static void put_text(struct buffer *out, struct slice text)
{
  buffer_put(out, '"');
  for (size_t i = 0; i < text.n; i++) {
    unsigned char c = (unsigned char)text.p[i];
    if (c == '"' || c == '\\')
      buffer_printf(out, "\\%c", c);
    else if (c < ' ' || c == 0x7f)
      buffer_printf(out, "\\x%02x", c);
    else
      buffer_put(out, (char)c);
  }
  buffer_put(out, '"');
}

static void put_head(const struct pipeline *pipeline, struct buffer *out)
{
  const char *spark = spark_version_name(pipeline->spark);
  buffer_printf(
      out,
      "#!/usr/bin/env python3\n"
      "\"\"\"The jobs of the pipeline %.*s, on Apache Spark %s.\n\n"
      "Made by retrial %s (`retrial export spark`); the queries beside this file are the "
      "pipeline's own.\n\n"
      "    python3 jobs.py --tables RUN -o OUT        # files that `retrial run` stored in "
      "RUN\n"
      "    spark-submit --packages org.apache.spark:spark-sql-kafka-0-10_%s:%s \\\\\n"
      "        jobs.py --kafka HOST:PORT -o OUT       # the same topics, on a Kafka\n\n"
      "Needs pyspark %s and a Java runtime.\n"
      "\"\"\"\n"
      "import argparse\nimport os\nimport re\nimport sys\n\n"
      "from pyspark.sql import SparkSession\n\n"
      "HERE = os.path.dirname(os.path.abspath(__file__))\n"
      "SPARK = \"%s\"\nPIPELINE = ",
      SLICE_PRINT(pipeline->name), spark, RETRIAL_VERSION,
      pipeline->spark == SPARK_4_0 ? "2.13" : "2.12",
      pipeline->spark == SPARK_4_0   ? "4.0.1"
      : pipeline->spark == SPARK_3_3 ? "3.3.4"
                                     : "3.5.3",
      spark, spark);
  put_text(out, pipeline->name);
  buffer_put(out, '\n');
}

static void put_parameters(struct pipeline *pipeline, struct buffer *out)
{
  size_t count;
  const struct variable *variable = pipeline_variables(pipeline, &count, &pipeline->arena);
  buffer_printf(out,
                "\n# What ${name} in the queries stands for. The types of the tables below were "
                "made with\n# these values, too: export again to change one of them.\n"
                "PARAMETERS = {\n");
  for (size_t i = 0; i < count; i++) {
    buffer_printf(out, "    ");
    put_text(out, variable[i].name);
    buffer_printf(out, ": ");
    put_text(out, variable[i].text);
    buffer_printf(out, ",\n");
  }
  buffer_printf(out, "}\n");
}

/* The kind of value that a field has in a message. */
static struct type sent_type(const struct pipeline *pipeline, const struct message_field *field)
{
  if (field->is_sent)
    return type_of(TYPE_STRING);
  return dataset_type(dataset_kind(pipeline->dataset.schema.column[field->column].type));
}

static void put_schema(const struct stored_table *table, struct buffer *ddl)
{
  char type[100];
  for (size_t i = 0; i < table->columns; i++)
    buffer_printf(ddl, "%s`%.*s` %s", i != 0 ? ", " : "", SLICE_PRINT(table->column[i].name),
                  type_name(table->column[i].type, type, sizeof type));
}

/* The fields that the table takes; one may serve two columns. */
static void put_message(const struct pipeline *pipeline, const struct stored_table *table,
                        struct buffer *ddl)
{
  const struct topic *topic = &pipeline->topic[table->topic];
  char type[100];
  for (size_t i = 0; i < topic->fields; i++) {
    bool wanted = false;
    for (size_t k = 0; k < table->columns; k++)
      wanted |= table->column[k].field == i;
    if (wanted)
      buffer_printf(ddl, "%s`%.*s` %s", ddl->n != 0 ? ", " : "", SLICE_PRINT(topic->field[i].name),
                    type_name(sent_type(pipeline, &topic->field[i]), type, sizeof type));
  }
}

/* A column that is read as another type than it was sent as goes through its text, as it does
 * where it is stored in a file. */
static void put_columns(const struct pipeline *pipeline, const struct stored_table *table,
                        struct buffer *list)
{
  char type[100];
  for (size_t i = 0; i < table->columns; i++) {
    const struct table_column *column = &table->column[i];
    const struct message_field *field = &pipeline->topic[table->topic].field[column->field];
    bool same = type_equal(sent_type(pipeline, field), column->type);
    buffer_printf(list, "%s%smessage.`%.*s`", i != 0 ? ", " : "", same ? "" : "CAST(CAST(",
                  SLICE_PRINT(field->name));
    if (!same)
      buffer_printf(list, " AS STRING) AS %s)", type_name(column->type, type, sizeof type));
    buffer_printf(list, " AS `%.*s`", SLICE_PRINT(column->name));
  }
}

static void put_entry(struct buffer *out, const char *key, struct buffer *value)
{
  buffer_printf(out, "        \"%s\": ", key);
  put_text(out, (struct slice){value->p, value->n});
  buffer_printf(out, ",\n");
  value->n = 0;
}

static void put_tables(const struct pipeline *pipeline, struct buffer *out)
{
  struct buffer text = {0};
  buffer_printf(out,
                "\n# schema: the columns of the file. message: the fields of the topic's JSON; "
                "columns: of them.\nTABLES = {\n");
  for (size_t i = 0; i < pipeline->tables; i++) {
    const struct stored_table *table = &pipeline->table[i];
    buffer_printf(out, "    ");
    put_text(out, table->name);
    buffer_printf(out, ": {\n");
    buffer_add(&text, table->file);
    put_entry(out, "file", &text);
    put_schema(table, &text);
    put_entry(out, "schema", &text);
    buffer_add(&text, pipeline->topic[table->topic].name);
    put_entry(out, "topic", &text);
    put_message(pipeline, table, &text);
    put_entry(out, "message", &text);
    put_columns(pipeline, table, &text);
    put_entry(out, "columns", &text);
    buffer_printf(out, "    },\n");
  }
  buffer_printf(out, "}\n");
  buffer_free(&text);
}

static void put_jobs(const struct pipeline *pipeline, struct buffer *out)
{
  buffer_printf(out, "\n# auto: the queries that find out parameters whose value is \"auto\".\n"
                     "JOBS = {\n");
  for (size_t i = 0; i < pipeline->jobs; i++) {
    const struct job *job = &pipeline->job[i];
    buffer_printf(out, "    ");
    put_text(out, job->name);
    buffer_printf(out, ": {\n        \"query\": ");
    put_text(out, job->query_file);
    buffer_printf(out, ",\n        \"auto\": {");
    for (size_t k = 0; k < job->automatics; k++) {
      buffer_printf(out, "%s", k != 0 ? ", " : "");
      put_text(out, job->automatic[k].parameter);
      buffer_printf(out, ": ");
      put_text(out, job->automatic[k].query_file);
    }
    buffer_printf(out, "},\n        \"output\": ");
    put_text(out, job->output);
    buffer_printf(out, ",\n    },\n");
  }
  buffer_printf(out, "}\n\n");
}

void export_spark(struct pipeline *pipeline, struct buffer *out)
{
  put_head(pipeline, out);
  put_parameters(pipeline, out);
  put_tables(pipeline, out);
  put_jobs(pipeline, out);
  for (size_t i = 0; spark_jobs_lines[i] != NULL; i++)
    buffer_add(out, slice_of(spark_jobs_lines[i]));
}
