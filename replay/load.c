/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/load.h"

#include <string.h>

#include "text/interval.h"

static bool read_rounds(const struct arguments *arguments, uint64_t *rounds, struct error *err)
{
  const char *text = arguments_value(arguments, "loop");
  *rounds = 1;
  if (text == NULL)
    return true;
  if (strcmp(text, "forever") != 0)
    return arguments_number(arguments, "loop", 1, INT64_MAX, rounds, err);
  *rounds = REPLAY_FOREVER;
  return true;
}

static bool read_duration(const struct arguments *arguments, int64_t *ns, struct error *err)
{
  struct error why;
  const char *text = arguments_value(arguments, "duration");
  if (text == NULL || (duration_parse(slice_of(text), ns, &why) && *ns > 0))
    return true;
  return error_set(err, ERR_USAGE, "--duration: '%.40s' is no time above zero, such as 90s or 2min",
                   text);
}

/* Words that make sense only as time goes by. */
static const char *needs_real(const struct arguments *arguments)
{
  static const char *const word[] = {"speed", "in-flight", "precise"};
  for (size_t i = 0; i < sizeof word / sizeof *word; i++)
    if (arguments_has(arguments, word[i]))
      return word[i];
  return NULL;
}

static bool read_clock(const struct arguments *arguments, bool *real, struct error *err)
{
  const char *text = arguments_value(arguments, "clock"), *word = needs_real(arguments);
  *real = *real || word != NULL || (text != NULL && strcmp(text, "real") == 0);
  if (text == NULL || strcmp(text, "real") == 0)
    return true;
  if (strcmp(text, "virtual") != 0)
    return error_set(err, ERR_USAGE, "--clock: '%.40s' is neither virtual nor real", text);
  return word == NULL ||
         error_set(err, ERR_USAGE, "--%s is for the real clock, not the virtual one", word);
}

bool load_parse(const struct arguments *arguments, struct replay_options *options,
                struct error *err)
{
  struct replay_load *load = &options->load;
  uint64_t limit = 0, in_flight = 0;
  options->precise = arguments_has(arguments, "precise");
  if (!read_clock(arguments, &options->real, err) ||
      !pace_parse(arguments_value(arguments, "speed"), arguments_value(arguments, "rate"),
                  arguments_has(arguments, "poisson"), arguments_value(arguments, "catch-up"),
                  &load->pace, err) ||
      !read_rounds(arguments, &load->rounds, err) ||
      !arguments_number(arguments, "limit", 1, INT64_MAX, &limit, err) ||
      !read_duration(arguments, &load->duration_ns, err) ||
      !arguments_number(arguments, "in-flight", 1, 1 << 17, &in_flight, err))
    return false;
  load->limit = limit;
  load->in_flight = in_flight;
  load->pace.seed = options->seed;
  if (load->rounds == REPLAY_FOREVER && limit == 0 && load->duration_ns == 0 && !options->real)
    return error_set(
        err, ERR_USAGE,
        "--loop forever never ends under the virtual clock; add --limit or --duration");
  return true;
}
