/* SPDX-License-Identifier: Apache-2.0 */
/* Reads envelopes in any spelling, by jansson. */
#include <jansson.h>

#include "base/base64.h"
#include "broker/headers.h"
#include "capture/envelope_decode.h"

struct decoder {
  const json_t *object;
  struct envelope_room *room;
  struct error *err;
};

/* The member of that name, which must be there. */
static const json_t *member(struct decoder *d, const char *name)
{
  const json_t *json = json_object_get(d->object, name);
  if (json == NULL)
    error_set(d->err, ERR_DATA, "no record: '%s' is missing", name);
  return json;
}

static bool read_number(struct decoder *d, const char *name, int64_t low, int64_t high,
                        int64_t *number)
{
  const json_t *json = json_object_get(d->object, name);
  if (json == NULL)
    return true;
  *number = json_integer_value(json);
  return (json_is_integer(json) && *number >= low && *number <= high) ||
         error_set(d->err, ERR_DATA, "'%s' is no integer from %lld to %lld", name, (long long)low,
                   (long long)high);
}

static struct slice copy(struct decoder *d, const json_t *text)
{
  size_t n = json_string_length(text);
  return (struct slice){arena_copy(&d->room->arena, json_string_value(text), n), n};
}

/* A text or its bytes in base64. */
static bool read_bytes(struct decoder *d, const json_t *json, const char *name, struct slice *bytes)
{
  const json_t *digits = json_object_get(json, "base64");
  if (json_is_string(json)) {
    *bytes = copy(d, json);
    return true;
  }
  if (!json_is_string(digits))
    return error_set(
        d->err, ERR_DATA,
        "'%s' is no text and no {\"base64\":\"...\"} (kcat writes such things with -s)", name);
  return base64_take(copy(d, digits), &d->room->arena, bytes) ||
         error_set(d->err, ERR_DATA, "'%s' is not valid base64", name);
}

static bool read_value(struct decoder *d, const json_t *json, const char *name, struct slice *value,
                       bool *null)
{
  *null = json_is_null(json);
  *value = SLICE("");
  return *null || read_bytes(d, json, name, value);
}

/* The key or the payload. Where kcat -s could not read it, there is null and the reason. */
static bool read_part(struct decoder *d, const char *name, const char *problem, struct slice *value,
                      bool *null)
{
  const json_t *json = member(d, name), *reason = json_object_get(d->object, problem);
  if (json == NULL || !read_value(d, json, name, value, null))
    return false;
  return !*null || reason == NULL ||
         error_set(d->err, ERR_DATA, "'%s' is lost (%s: %s); record it without kcat's -s", name,
                   problem, json_is_string(reason) ? json_string_value(reason) : "no text");
}

static bool read_time(struct decoder *d, struct capture_record *out)
{
  const json_t *type = json_object_get(d->object, "tstype");
  const char *name = json_is_string(type) ? json_string_value(type) : "";
  if (type != NULL && strcmp(name, "create") != 0 && strcmp(name, "logappend") != 0 &&
      strcmp(name, "unknown") != 0)
    return error_set(d->err, ERR_DATA, "'tstype' is none of create, logappend and unknown");
  out->record.timestamp_ms = -1;
  if (!read_number(d, "ts", INT64_MIN, INT64_MAX, &out->record.timestamp_ms))
    return false;
  out->time = strcmp(name, "logappend") == 0 ? CAPTURE_LOG_APPEND : CAPTURE_CREATE;
  if (strcmp(name, "unknown") == 0 || json_object_get(d->object, "ts") == NULL) {
    out->time = CAPTURE_NO_TIME;
    out->record.timestamp_ms = -1;
  }
  return true;
}

static bool add_header(struct decoder *d, struct slice name, const json_t *value)
{
  struct header header;
  if (name.n > HEADER_NAME_BYTES)
    return error_set(d->err, ERR_DATA, "a header's name has %zu bytes, the most is %d", name.n,
                     HEADER_NAME_BYTES);
  if (!read_value(d, value, "headers", &header.value, &header.null))
    return false;
  if (header.null)
    headers_add_null(&d->room->headers, name);
  else
    headers_add(&d->room->headers, name, header.value);
  return true;
}

static bool read_pairs(struct decoder *d, const json_t *array)
{
  struct slice name;
  if (json_array_size(array) % 2 != 0)
    return error_set(d->err, ERR_DATA, "'headers' has a name without a value");
  for (size_t i = 0; i < json_array_size(array); i += 2)
    if (!read_bytes(d, json_array_get(array, i), "headers", &name) ||
        !add_header(d, name, json_array_get(array, i + 1)))
      return false;
  return true;
}

static bool read_map(struct decoder *d, json_t *map)
{
  const char *name;
  json_t *values;
  json_object_foreach(map, name, values)
  {
    size_t count = json_is_array(values) ? json_array_size(values) : 1;
    for (size_t i = 0; i < count; i++)
      if (!add_header(d, slice_of(name),
                      json_is_array(values) ? json_array_get(values, i) : values))
        return false;
  }
  return true;
}

static bool read_headers(struct decoder *d)
{
  json_t *headers = json_object_get(d->object, "headers");
  if (headers == NULL || json_is_null(headers))
    return true;
  if (json_is_object(headers))
    return read_map(d, headers);
  return json_is_array(headers) ? read_pairs(d, headers)
                                : error_set(d->err, ERR_DATA, "'headers' is no array");
}

static bool read_record(struct decoder *d, struct capture_record *out)
{
  struct broker_record *r = &out->record;
  const json_t *topic = member(d, "topic");
  int64_t partition = 0, broker = CAPTURE_UNKNOWN;
  bool no_key;
  r->offset = CAPTURE_UNKNOWN;
  if (topic == NULL || !read_bytes(d, topic, "topic", &out->topic) ||
      member(d, "partition") == NULL || !read_number(d, "partition", 0, INT32_MAX, &partition) ||
      !read_number(d, "offset", INT64_MIN, INT64_MAX, &r->offset) || !read_time(d, out) ||
      !read_number(d, "broker", INT32_MIN, INT32_MAX, &broker) || !read_headers(d) ||
      !read_part(d, "key", "key_error", &r->key, &no_key) ||
      !read_part(d, "payload", "payload_error", &r->value, &r->tombstone))
    return false;
  r->keyed = !no_key;
  r->headers = (struct slice){d->room->headers.p, d->room->headers.n};
  r->partition = (uint32_t)partition;
  out->broker = (int32_t)broker;
  return true;
}

bool envelope_decode_json(struct slice line, struct capture_record *out, struct envelope_room *room,
                          struct error *err)
{
  json_error_t problem;
  json_t *object = json_loadb(line.p != NULL ? line.p : "", line.n,
                              JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &problem);
  if (object == NULL)
    return error_at(err, ERR_SYNTAX, NULL, 0, (uint32_t)problem.position,
                    "no record: not valid JSON (%s); each line is an object as kcat -J prints it",
                    problem.text);
  struct decoder d = {object, room, err};
  arena_reset(&room->arena);
  room->headers.n = 0;
  bool read = json_is_object(object) ? read_record(&d, out)
                                     : error_set(err, ERR_DATA, "no record: no JSON object");
  json_decref(object);
  return read;
}
