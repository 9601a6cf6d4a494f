/* SPDX-License-Identifier: Apache-2.0 */
/* envelope_decode.h - the two ways to read an envelope. Private to src/capture and its tests. */
#ifndef RETRIAL_CAPTURE_ENVELOPE_DECODE_H
#define RETRIAL_CAPTURE_ENVELOPE_DECODE_H

#include "capture/envelope.h"

/* kcat's own layout, and envelope_encode()'s; false if the line has another. */
bool envelope_decode_layout(struct slice line, struct capture_record *out,
                            struct envelope_room *room);

/* Any JSON object. */
bool envelope_decode_json(struct slice line, struct capture_record *out, struct envelope_room *room,
                          struct error *err);

#endif
