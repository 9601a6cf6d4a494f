/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* strchrnul() */
#include "replay/transport.h"

#include <string.h>

#include "broker/kafka.h"
#include "replay/time/clock.h"
#include "text/interval.h"

#define TIMEOUT_NS (10 * NS_PER_SECOND)
#define LONGEST_TIMEOUT_NS (3600 * NS_PER_SECOND)

static const char KAFKA[] = "kafka:";

/* The pipeline's settings, then those of the command line, which count more. */
static bool read_settings(const struct arguments *arguments, const struct pipeline *pipeline,
                          struct kafka_options *options, struct arena *arena, struct error *err)
{
  struct broker_setting *setting =
      arena_take(arena, pipeline->broker.settings + arguments->givens, sizeof *setting);
  size_t n = 0, cursor = 0;
  const char *text;
  for (; n < pipeline->broker.settings; n++)
    setting[n] = pipeline->broker.setting[n];
  while ((text = arguments_next(arguments, "property", &cursor)) != NULL) {
    const char *equal = strchr(text, '=');
    if (equal == NULL || equal == text)
      return error_set(err, ERR_USAGE, "-X: '%.100s' is not NAME=VALUE", text);
    setting[n++] = (struct broker_setting){{text, (size_t)(equal - text)}, slice_of(equal + 1)};
  }
  options->settings = n;
  options->setting = setting;
  return true;
}

static bool is_port(const char *p, const char *end)
{
  unsigned port = 0;
  for (; p < end && *p >= '0' && *p <= '9' && port <= 65535; p++)
    port = 10 * port + (unsigned)(*p - '0');
  return p == end && port > 0 && port <= 65535;
}

/* Each of HOST[:PORT] or [IPV6][:PORT], maybe with a protocol before it, needs a port that is one,
 * if it has any: librdkafka would try port 0 until the time is over. */
static bool check_servers(const char *servers, struct error *err)
{
  for (const char *p = servers, *end; p != NULL; p = *end == ',' ? end + 1 : NULL) {
    end = strchrnul(p, ',');
    const char *colon = end;
    while (colon > p && colon[-1] != ':' && colon[-1] != ']' && colon[-1] != '/')
      colon--;
    if (end == p || (colon > p && colon[-1] == ':' && !is_port(colon, end)))
      return error_set(err, ERR_USAGE, "--broker: '%.*s' is not HOST:PORT, with a port up to 65535",
                       (int)(end - p), p);
  }
  return true;
}

static bool read_timeout(const struct arguments *arguments, int64_t *ns, struct error *err)
{
  const char *text = arguments_value(arguments, "timeout");
  *ns = TIMEOUT_NS;
  struct error why;
  if (text == NULL ||
      (duration_parse(slice_of(text), ns, &why) && *ns >= NS_PER_MS && *ns <= LONGEST_TIMEOUT_NS))
    return true;
  return error_set(err, ERR_USAGE, "--timeout: '%.40s' is no time from 1ms to 1h", text);
}

bool transport_open(struct transport *t, const struct arguments *arguments,
                    const struct pipeline *pipeline, bool grouped, struct error *err)
{
  const char *text = arguments_value(arguments, "broker");
  *t = (struct transport){.name = "memory"};
  struct kafka_options options = {.grouped = grouped};
  if (!read_timeout(arguments, &t->timeout_ns, err))
    return false;
  options.timeout_ms = (int)(t->timeout_ns / NS_PER_MS);
  if (text == NULL || strcmp(text, "memory") == 0)
    return !arguments_has(arguments, "property") ||
           error_set(err, ERR_USAGE, "-X is for the brokers mock and kafka:HOST:PORT");
  if (strncmp(text, KAFKA, strlen(KAFKA)) == 0 && text[strlen(KAFKA)] != '\0')
    options.servers = text + strlen(KAFKA);
  else if (strcmp(text, "mock") != 0)
    return error_set(err, ERR_USAGE,
                     "--broker: '%.100s' is none of memory, mock and kafka:HOST:PORT[,...]", text);
  if (options.servers != NULL && !check_servers(options.servers, err))
    return false;
  t->is_cluster = options.servers != NULL;
  t->name = options.servers != NULL ? "kafka" : "mock";
  if (!read_settings(arguments, pipeline, &options, &t->arena, err))
    return false;
  t->broker = kafka_broker_new(&options, err);
  return t->broker != NULL;
}

void transport_close(struct transport *t)
{
  broker_close(t->broker);
  arena_free(&t->arena);
}
