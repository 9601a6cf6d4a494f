/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/pipeline_json.h"

static struct slice column_name(const struct pipeline *pipeline, size_t column)
{
  return pipeline->dataset.schema.column[column].name;
}

static json_t *text(struct slice s)
{
  return json_stringn(s.n != 0 ? s.p : "", s.n);
}

static json_t *schema_json(const struct schema *schema)
{
  json_t *list = json_array();
  char type[256];
  for (size_t i = 0; i < schema->columns; i++)
    json_array_append_new(list, json_pack("{so,ss}", "name", text(schema->column[i].name), "type",
                                          type_name(schema->column[i].type, type, sizeof type)));
  return list;
}

static json_t *parameters_json(const struct pipeline *pipeline)
{
  json_t *list = json_array();
  for (size_t i = 0; i < pipeline->parameters; i++) {
    const struct parameter *p = &pipeline->parameter[i];
    json_t *choices = json_array();
    for (size_t k = 0; k < p->choices; k++)
      json_array_append_new(choices, text(p->choice[k].name));
    json_array_append_new(list, json_pack("{so,so,so,so,so}", "name", text(p->name), "value",
                                          text(p->value), "default", text(p->fallback), "choices",
                                          choices, "about", text(p->about)));
  }
  return list;
}

static json_t *topics_json(const struct pipeline *pipeline)
{
  json_t *list = json_array();
  for (size_t i = 0; i < pipeline->topics; i++) {
    const struct topic *topic = &pipeline->topic[i];
    json_t *fields = json_array();
    json_t *key = topic->key >= 0 ? text(column_name(pipeline, (size_t)topic->key)) : json_null();
    for (size_t k = 0; k < topic->fields; k++)
      json_array_append_new(fields, text(topic->field[k].name));
    json_array_append_new(list, json_pack("{so,si,so,so}", "name", text(topic->name), "partitions",
                                          (int)topic->partitions, "key", key, "fields", fields));
  }
  return list;
}

static json_t *consumers_json(const struct pipeline *pipeline)
{
  json_t *list = json_array();
  for (size_t i = 0; i < pipeline->consumers; i++) {
    const struct consumer *consumer = &pipeline->consumer[i];
    json_t *topics = json_array();
    for (size_t k = 0; k < consumer->topics; k++)
      json_array_append_new(topics, text(pipeline->topic[consumer->topic[k]].name));
    json_array_append_new(list,
                          json_pack("{so,so,sI}", "name", text(consumer->name), "topics", topics,
                                    "idle_timeout_ns", (json_int_t)consumer->idle_timeout_ns));
  }
  return list;
}

static json_t *tables_json(const struct pipeline *pipeline)
{
  json_t *list = json_array();
  for (size_t i = 0; i < pipeline->tables; i++) {
    const struct stored_table *table = &pipeline->table[i];
    json_array_append_new(list,
                          json_pack("{so,so,so,so}", "name", text(table->name), "topic",
                                    text(pipeline->topic[table->topic].name), "file",
                                    text(table->file), "columns", schema_json(&table->schema)));
  }
  return list;
}

static json_t *text_or_null(struct slice s)
{
  return s.n != 0 ? text(s) : json_null();
}

json_t *plot_json(const struct plot *plot)
{
  json_t *values = json_array();
  for (size_t i = 0; i < plot->values; i++)
    json_array_append_new(values, json_pack("{so,so}", "column", text(plot->value[i].column),
                                            "threshold", text_or_null(plot->value[i].threshold)));
  return json_pack("{so,so,so,so}", "time", text(plot->time), "series", text_or_null(plot->series),
                   "alert", text_or_null(plot->alert), "values", values);
}

static json_t *alerts_json(const struct alerts *alerts)
{
  return json_pack("{so,so,so,so}", "when", text(alerts->when), "series",
                   text_or_null(alerts->series), "start", text(alerts->start), "end",
                   text(alerts->end));
}

static json_t *jobs_json(const struct pipeline *pipeline)
{
  json_t *list = json_array();
  for (size_t i = 0; i < pipeline->jobs; i++) {
    const struct job *job = &pipeline->job[i];
    json_t *plot = job->plot != NULL ? plot_json(job->plot) : json_null();
    json_t *alerts = job->alerts != NULL ? alerts_json(job->alerts) : json_null();
    json_array_append_new(list, json_pack("{so,so,so,so,so}", "name", text(job->name), "query",
                                          text(job->query_file), "output", text(job->output),
                                          "plot", plot, "alerts", alerts));
  }
  return list;
}

json_t *pipeline_json(const struct pipeline *pipeline)
{
  json_t *dataset =
      json_pack("{so,so,so}", "file", text(pipeline->dataset.file), "columns",
                schema_json(&pipeline->dataset.schema), "time", text(pipeline->dataset.time));
  json_t *schedule =
      json_pack("{so,sI}", "group_by", text(column_name(pipeline, pipeline->schedule.group_by)),
                "every_ns", (json_int_t)pipeline->schedule.every_ns);
  return json_pack("{so,ss,so,ss,so,so,so,so,so,so,so}", "pipeline", text(pipeline->name),
                   "directory", pipeline->directory, "about", text(pipeline->about), "spark",
                   spark_version_name(pipeline->spark), "parameters", parameters_json(pipeline),
                   "dataset", dataset, "schedule", schedule, "topics", topics_json(pipeline),
                   "consumers", consumers_json(pipeline), "tables", tables_json(pipeline), "jobs",
                   jobs_json(pipeline));
}
