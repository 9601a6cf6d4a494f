/* SPDX-License-Identifier: Apache-2.0 */
/* generator.h - a made-up dataset: what `generate:` of pipeline.yaml declares, and the rows of it.
 *
 * A value is its entity's level + a slow drift + a daily cycle + noise + now and then a burst or an
 * incident, kept within min and max. All of it is integer arithmetic on hundredths with numbers
 * from base/random.h: a seed gives the same bytes on every machine.
 *
 *   generate:
 *     seed: 98
 *     entity: {column: server_id, prefix: server_, count: 20}
 *     time: {column: ts, format: "HH:mm:ss", start: "20:53:00", every: 5s, length: 120 min}
 *     values:
 *       cpu_pct: {level: [20, 50], drift: 10, cycle: 8, noise: 12, range: [0, 100]}
 *       net_in: {level: [250, 900], noise: 200, range: [0, 20000],
 *                burst: {chance: 0.5%, range: [1000, 9000]}}
 *       net_out: {follows: net_in, noise: 250, range: [0, 24000]}
 *     incidents:
 *       every: 25 min
 *       length: [20s, 3 min]
 *       combined: 30%
 *       kinds:
 *         cpu: {cpu_pct: [74, 96]}
 *         network: {net_in: [5500, 15000]}
 */
#ifndef RETRIAL_PIPELINE_GENERATOR_H
#define RETRIAL_PIPELINE_GENERATOR_H

#include "base/error.h"
#include "base/memory.h"
#include "base/outfile.h"
#include "base/slice.h"

enum { GENERATOR_NO_VALUE = -1 };

/* Amounts are in hundredths: 80.07 is 8007. */
struct generator_value {
  size_t column;                 /* of the dataset */
  int follows;                   /* index of an earlier value that stands for level, drift, cycle,
                                    bursts and incidents, or GENERATOR_NO_VALUE */
  int64_t level_low, level_high; /* an entity's own level, drawn once, is in between */
  int64_t drift;                 /* the slow walk stays within +- drift; 0: none */
  int64_t cycle;                 /* the day adds -cycle at 04:00 up to +cycle at 16:00; 0: none */
  int64_t noise;                 /* bell-shaped, within +- noise; 0: none */
  int64_t min, max;              /* range */
  uint32_t burst_chance;         /* of a sample, in hundredths of a percent (50 is 0.5%); 0: none */
  int64_t burst_low, burst_high; /* a burst lifts one sample there; each doubling is as likely as
                                    the next, so small ones are likelier. At least 1 */
};

/* An incident lifts the value, before noise, to a height drawn once from low .. high. */
struct generator_effect {
  size_t value; /* index into the generator's values; one that follows none */
  int64_t low, high;
};

struct generator_kind {
  struct slice name; /* "cpu"; a combined incident is called "cpu+memory" */
  size_t effects;
  struct generator_effect *effect;
};

/* Slices and arrays belong to whoever fills them in (the pipeline's arena). */
struct generator {
  uint64_t seed;

  size_t columns; /* of the dataset, in order; each is the entity, the time or a value */
  const struct slice *column; /* their names, the header line */

  size_t entity_column;
  struct slice entity_prefix; /* names are prefix1, prefix2, ... */
  uint32_t entities;          /* 1 .. GENERATOR_MOST_ENTITIES */

  size_t time_column;
  struct slice time_format; /* as for date_format(); HH:mm:ss starts over at midnight */
  struct slice start;       /* the first sample's time, in that format */
  int64_t every_ns;         /* between two samples of an entity; whole microseconds */
  int64_t length_ns;        /* samples at start + k * every < start + length */

  size_t values;
  struct generator_value *value;

  int64_t incident_every_ns; /* mean quiet time of an entity between two incidents; 0: none */
  int64_t incident_shortest_ns, incident_longest_ns;
  uint32_t incident_combined; /* percent of the incidents that are of two kinds at once */
  size_t kinds;
  struct generator_kind *kind;
};

enum { GENERATOR_MOST_ENTITIES = 1000000 };

/* Whether the numbers are within their limits and fit each other; ERR_RANGE, ERR_SYNTAX (format,
 * start) or ERR_NAME (a column that is nothing, or two things) else. */
bool generator_check(const struct generator *generator, struct error *err);

/* The time that `start` stands for, as if it were UTC; ERR_SYNTAX if it does not fit the format. */
bool generator_start(const struct generator *generator, struct arena *arena, int64_t *micros,
                     struct error *err);

/* Writes the dataset, and one line for every incident to `labels` (NULL: none): the entity, `from`
 * with the first sample and `to` behind the last one (half open, like a window), and the kind.
 * Rows are in time order; the entities of one time are shuffled. The generator was checked. */
bool generator_write(const struct generator *generator, struct outfile *data,
                     struct outfile *labels, struct error *err);

#endif
