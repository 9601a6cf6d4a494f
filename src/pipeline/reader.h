/* SPDX-License-Identifier: Apache-2.0 */
/* reader.h - a pipeline while it is read: values of the tree, checked, or an error at their place.
 *
 * Private to src/pipeline. `what` names the place in messages: "topic 'topic-cpu'".
 */
#ifndef RETRIAL_PIPELINE_READER_H
#define RETRIAL_PIPELINE_READER_H

#include "pipeline/pipeline.h"
#include "pipeline/yaml.h"

struct reader {
  struct pipeline *pipeline;
  const char *file;
  struct arena *arena; /* the pipeline's */
  struct error *err;
};

bool read_fail(struct reader *r, const struct yaml *at, enum error_code code, const char *format,
               ...) __attribute__((format(printf, 4, 5)));

/* Moves an error at a place within a text to that place in the file; `what` may be NULL. */
bool read_fail_within(struct reader *r, const struct yaml *text, const char *what);

/* A map whose keys are all among `keys` (separated by blanks). */
bool read_map(struct reader *r, const struct yaml *node, const char *what, const char *keys);

/* A map with at least one entry, whose keys are names of things. */
bool read_named(struct reader *r, const struct yaml *node, const char *what);

/* The value of a key that must be there; NULL with an error at the map. */
const struct yaml *read_needed(struct reader *r, const struct yaml *map, const char *key,
                               const char *what);

/* A text that is not empty. */
bool read_text(struct reader *r, const struct yaml *node, const char *what, struct slice *out);

/* "'key' of topic 'topic-cpu'", in the arena. */
const char *read_name_key(struct reader *r, const char *key, const char *what);

/* The same of a map's key: one that must be there, and one that need not. */
bool read_key(struct reader *r, const struct yaml *map, const char *key, const char *what,
              struct slice *out);
bool read_key_if(struct reader *r, const struct yaml *map, const char *key, const char *what,
                 struct slice *out);

/* The same of a key whose value is an SQL expression. Its names are looked up where it is used. */
bool read_expression(struct reader *r, const struct yaml *map, const char *key, const char *what,
                     struct slice *out);

/* A list with at least one item; NULL with an error. */
const struct yaml *read_list(struct reader *r, const struct yaml *map, const char *key,
                             const char *what);

/* A whole number within low .. high. */
bool read_number(struct reader *r, const struct yaml *node, const char *what, uint64_t low,
                 uint64_t high, uint64_t *out);

/* A length of time above zero. */
bool read_duration(struct reader *r, const struct yaml *map, const char *key, const char *what,
                   int64_t *ns);

/* A length of time, also zero, of at most DISTRIBUTION_MOST_NS. */
bool read_length(struct reader *r, const struct yaml *node, const char *what, int64_t *ns);

/* What a map's key says of times by chance; it need not be there. */
bool read_distribution_if(struct reader *r, const struct yaml *map, const char *key,
                          const char *what, struct distribution *out);

/* A map from names to texts, which a key need not have: settings of Kafka's, which knows them. */
bool read_settings_if(struct reader *r, const struct yaml *map, const char *key, const char *what,
                      size_t *settings, struct broker_setting **setting);

/* The name of a column of the dataset. */
bool read_column(struct reader *r, const struct yaml *node, size_t *column);

/* The name of a topic. */
bool read_topic_name(struct reader *r, const struct yaml *node, size_t *topic);

/* The name of a file in the run's directory: no folder, no leading dot. */
bool read_output(struct reader *r, const struct yaml *map, const char *key, const char *what,
                 struct slice *out);

/* "no KIND 'name' (did you mean 'x'?)" at node. */
bool read_unknown(struct reader *r, const struct yaml *node, const char *kind, struct slice name,
                  const struct slice *names, size_t count);

/* The parts of the file, each in a file of its own. */
bool read_parameters(struct reader *r, const struct yaml *map, const struct setting *setting,
                     size_t settings);
bool read_variables(struct reader *r, struct yaml *root); /* replaces ${name} */
bool read_dataset(struct reader *r, const struct yaml *root);
bool read_topics(struct reader *r, const struct yaml *map);
bool read_consumers(struct reader *r, const struct yaml *map);
bool read_tables(struct reader *r, const struct yaml *map);
bool read_jobs(struct reader *r, const struct yaml *map);
bool read_generator(struct reader *r, const struct yaml *map);

#endif
