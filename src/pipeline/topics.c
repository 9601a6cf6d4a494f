/* SPDX-License-Identifier: Apache-2.0 */
/* topics.c - what is sent and who receives it: dataset, schedule, topics, consumers. */
#include "pipeline/reader.h"

/* In `json`, the value that is no column: the time of sending. */
static const char SENT[] = "sent";

static bool read_schedule(struct reader *r, const struct yaml *root)
{
  struct pipeline *pipeline = r->pipeline;
  const char *what = "'schedule'";
  const struct yaml *map = read_needed(r, root, "schedule", "the pipeline");
  if (map == NULL || !read_map(r, map, what, "group_by every"))
    return false;
  const struct yaml *group_by = read_needed(r, map, "group_by", what);
  return group_by != NULL && read_column(r, group_by, &pipeline->schedule.group_by) &&
         read_duration(r, map, "every", what, &pipeline->schedule.every_ns);
}

static bool check_names(struct reader *r, const struct yaml *schema_text)
{
  const struct schema *schema = &r->pipeline->dataset.schema;
  for (size_t i = 0; i < schema->columns; i++) {
    struct slice name = schema->column[i].name;
    if (slice_is(name, SENT))
      return read_fail(r, schema_text, ERR_NAME,
                       "a column cannot be named '%s', which is the time of sending in topics; "
                       "columns go by position, so give it another name here",
                       SENT);
  }
  return true;
}

bool read_dataset(struct reader *r, const struct yaml *root)
{
  struct pipeline *pipeline = r->pipeline;
  const char *what = "'dataset'";
  struct slice ddl;
  const struct yaml *map = read_needed(r, root, "dataset", "the pipeline");
  if (map == NULL || !read_map(r, map, what, "file schema time") ||
      !read_key(r, map, "file", what, &pipeline->dataset.file) ||
      !read_key(r, map, "schema", what, &ddl) ||
      !read_expression(r, map, "time", what, &pipeline->dataset.time))
    return false;
  const struct yaml *schema = yaml_get(map, "schema");
  if (!schema_parse(ddl, &pipeline->dataset.schema, r->arena, r->err))
    return read_fail_within(r, schema, "'schema' of 'dataset'");
  return check_names(r, schema) && read_schedule(r, root);
}

/* "server_id" or "original_ts: ts" or "timestamp: sent". */
static bool read_field(struct reader *r, const struct yaml *node, const char *what,
                       struct message_field *field)
{
  const struct yaml *value = node;
  if (node->kind == YAML_MAP && node->count == 1)
    value = &node->item[0];
  if (node->kind == YAML_LIST || value->kind != YAML_TEXT)
    return read_fail(r, node, ERR_TYPE, "a field of %s is 'column' or 'name: column'", what);
  field->name = node->kind == YAML_MAP ? node->key[0].text : node->text;
  field->is_sent = node->kind == YAML_MAP && slice_is(value->text, SENT);
  return field->is_sent || read_column(r, value, &field->column);
}

static bool read_fields(struct reader *r, const struct yaml *map, const char *what,
                        struct topic *topic)
{
  const struct yaml *list = read_list(r, map, "json", what);
  if (list == NULL)
    return false;
  topic->fields = list->count;
  topic->field = arena_zero(r->arena, list->count, sizeof *topic->field);
  for (size_t i = 0; i < list->count; i++) {
    struct message_field *field = &topic->field[i];
    if (!read_field(r, &list->item[i], what, field))
      return false;
    for (size_t k = 0; k < i; k++)
      if (slice_equal(topic->field[k].name, field->name))
        return read_fail(r, &list->item[i], ERR_NAME, "field '%.*s' of %s is there already",
                         SLICE_PRINT(field->name), what);
  }
  return true;
}

static bool read_count_if(struct reader *r, const struct yaml *map, const char *key,
                          const char *what, uint64_t most, uint32_t *out)
{
  const struct yaml *node = yaml_get(map, key);
  uint64_t count = *out;
  if (node != NULL && !read_number(r, node, read_name_key(r, key, what), 1, most, &count))
    return false;
  *out = (uint32_t)count;
  return true;
}

static bool read_topic(struct reader *r, const struct yaml *key, const struct yaml *map,
                       struct topic *topic)
{
  const char *what = arena_printf(r->arena, "topic '%.*s'", SLICE_PRINT(key->text));
  *topic = (struct topic){.name = key->text, .partitions = 1, .key = -1};
  if (!read_map(r, map, what, "partitions key json replication settings service delivery"))
    return false;
  const struct yaml *key_column = yaml_get(map, "key");
  size_t column;
  if (!read_count_if(r, map, "partitions", what, PIPELINE_MOST_PARTITIONS, &topic->partitions) ||
      !read_count_if(r, map, "replication", what, PIPELINE_MOST_REPLICATION, &topic->replication) ||
      !read_settings_if(r, map, "settings", what, &topic->settings, &topic->setting) ||
      !read_distribution_if(r, map, "service", what, &topic->service) ||
      !read_distribution_if(r, map, "delivery", what, &topic->delivery))
    return false;
  if (key_column != NULL) {
    if (!read_column(r, key_column, &column))
      return false;
    topic->key = (int)column;
  }
  return read_fields(r, map, what, topic);
}

bool read_topics(struct reader *r, const struct yaml *map)
{
  struct pipeline *pipeline = r->pipeline;
  if (!read_named(r, map, "'topics'"))
    return false;
  pipeline->topics = map->count;
  pipeline->topic = arena_zero(r->arena, map->count, sizeof *pipeline->topic);
  for (size_t i = 0; i < map->count; i++)
    if (!read_topic(r, &map->key[i], &map->item[i], &pipeline->topic[i]))
      return false;
  return true;
}

bool read_topic_name(struct reader *r, const struct yaml *node, size_t *topic)
{
  const struct pipeline *pipeline = r->pipeline;
  struct slice *names = arena_take(r->arena, pipeline->topics, sizeof *names);
  struct slice name;
  if (!read_text(r, node, "a topic", &name))
    return false;
  for (size_t i = 0; i < pipeline->topics; i++) {
    names[i] = pipeline->topic[i].name;
    if (slice_equal(names[i], name)) {
      *topic = i;
      return true;
    }
  }
  return read_unknown(r, node, "topic", name, names, pipeline->topics);
}

static bool read_consumer(struct reader *r, const struct yaml *key, const struct yaml *map,
                          struct consumer *consumer, const struct consumer **taker)
{
  const char *what = arena_printf(r->arena, "consumer '%.*s'", SLICE_PRINT(key->text));
  consumer->name = key->text;
  if (!read_map(r, map, what, "topics idle_timeout") ||
      !read_duration(r, map, "idle_timeout", what, &consumer->idle_timeout_ns))
    return false;
  const struct yaml *list = read_list(r, map, "topics", what);
  if (list == NULL)
    return false;
  consumer->topics = list->count;
  consumer->topic = arena_take(r->arena, list->count, sizeof *consumer->topic);
  for (size_t i = 0; i < list->count; i++) {
    size_t topic;
    if (!read_topic_name(r, &list->item[i], &topic))
      return false;
    if (taker[topic] != NULL)
      return read_fail(r, &list->item[i], ERR_NAME,
                       "topic '%.*s' is taken by consumer '%.*s' already",
                       SLICE_PRINT(list->item[i].text), SLICE_PRINT(taker[topic]->name));
    taker[topic] = consumer;
    consumer->topic[i] = topic;
  }
  return true;
}

/* Every topic has one consumer, so that what is appended is fetched, once. */
bool read_consumers(struct reader *r, const struct yaml *map)
{
  struct pipeline *pipeline = r->pipeline;
  if (!read_named(r, map, "'consumers'"))
    return false;
  pipeline->consumers = map->count;
  pipeline->consumer = arena_zero(r->arena, map->count, sizeof *pipeline->consumer);
  const struct consumer **taker = arena_zero(r->arena, pipeline->topics, sizeof(void *));
  for (size_t i = 0; i < map->count; i++)
    if (!read_consumer(r, &map->key[i], &map->item[i], &pipeline->consumer[i], taker))
      return false;
  for (size_t i = 0; i < pipeline->topics; i++)
    if (taker[i] == NULL)
      return read_fail(r, map, ERR_NAME, "no consumer takes topic '%.*s'",
                       SLICE_PRINT(pipeline->topic[i].name));
  return true;
}
