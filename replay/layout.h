/* SPDX-License-Identifier: Apache-2.0 */
/* layout.h - the layout of a topic's messages: one declaration for whoever writes or reads them. */
#ifndef RETRIAL_REPLAY_LAYOUT_H
#define RETRIAL_REPLAY_LAYOUT_H

#include "pipeline/pipeline.h"
#include "text/message.h"

/* How each field of the topic travels, in the arena. */
enum message_kind *layout_kinds(const struct pipeline *pipeline, const struct topic *topic,
                                struct arena *arena);

/* Released with message_layout_free(). */
struct message_layout *layout_new(const struct topic *topic, const enum message_kind *kind);

#endif
