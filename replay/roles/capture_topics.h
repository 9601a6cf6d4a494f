/* SPDX-License-Identifier: Apache-2.0 */
/* capture_topics.h - what a capture file has, and the topics that its records go to. */
#ifndef RETRIAL_REPLAY_ROLES_CAPTURE_TOPICS_H
#define RETRIAL_REPLAY_ROLES_CAPTURE_TOPICS_H

#include "base/buffer.h"
#include "base/error.h"

/* The records of topic `from` go to `to`. */
struct capture_rename {
  struct slice from; /* empty: those of every topic */
  struct slice to;
};

/* A topic as the capture names it, and the number of the one that its records go to. */
struct captured_topic {
  struct slice name;
  uint32_t to;
};

struct capture_topic {
  struct slice name;
  uint32_t partitions; /* one above the greatest among its records */
};

struct capture_topics {
  const char *path;
  uint64_t records;   /* whole ones */
  bool cut;           /* the file ends too early */
  uint32_t zero_line; /* of the first record whose time is 0; 0: there is none */
  uint32_t names, topics;
  struct captured_topic *from;
  struct capture_topic *to;
  struct arena arena;
};

/* Reads the whole file. Fails as capture_next() does, but for a file that is cut short: ERR_USAGE
 * for a topic to rename that is not there. The caller releases *out with capture_topics_free()
 * either way. */
bool capture_topics_read(const char *path, const struct capture_rename *rename, size_t renames,
                         struct capture_topics *out, struct error *err);

/* Where the records of a topic go; false if the capture has no such topic. */
bool capture_topics_find(const struct capture_topics *topics, struct slice name, uint32_t *to);

void capture_topics_free(struct capture_topics *topics);

#endif
