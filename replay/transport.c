/* SPDX-License-Identifier: Apache-2.0 */
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
