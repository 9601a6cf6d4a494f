/* SPDX-License-Identifier: Apache-2.0 */
/* envelope.h - a record as one line of JSON: the envelope of `kcat -C -J`, version 1.7.1.
 *
 * Without blanks, and always in this order:
 *
 *     {"topic":"t","partition":0,"offset":12,"tstype":"create","ts":1700000000000,"broker":1,
 *      "headers":["name","value","other",null],"key":"k","payload":"v"}
 *
 *     tstype    "create": given by the producer, "logappend": by the broker. A record without a
 *               time has neither tstype nor ts, which counts milliseconds since 1970 in UTC.
 *     broker    who it was fetched from; -1 if that is not known.
 *     headers   names and values in turn, in their order, doubles too; not there if there are none.
 *     key       null: no key. payload null: no value (a tombstone). A header's value may be null.
 *
 * In a text '"', '\' and bytes below ' ' are escaped: \b \t \n \f \r, else as \u000B. All else
 * stands for itself. kcat does so even with bytes that are not UTF-8, which makes lines that are no
 * JSON; here an object stands in the place of such a text, be it key, payload, or a name or value
 * of a header, with the bytes in base64:
 *
 *     "payload":{"base64":"/wA="}
 *
 * Both are read, and so is every JSON object with these members, whatever their order and blanks,
 * with any escapes, and headers as an object of values or arrays of values (kcat since 1.7.1).
 * Members with other names are ignored.
 */
#ifndef RETRIAL_CAPTURE_ENVELOPE_H
#define RETRIAL_CAPTURE_ENVELOPE_H

#include "base/buffer.h"
#include "broker/broker.h"

enum capture_time {
  CAPTURE_CREATE,
  CAPTURE_LOG_APPEND,
  CAPTURE_NO_TIME, /* timestamp_ms is -1, as Kafka has it */
};

struct capture_record {
  struct slice topic;
  struct broker_record record;
  enum capture_time time;
  int32_t broker; /* the broker's id, or -1 */
};

enum { CAPTURE_UNKNOWN = -1 }; /* of a broker and of an offset that a line does not name */

/* Appends the record's line, with its line end. */
void envelope_encode(const struct capture_record *record, struct buffer *out);

/* Where the parts of a record lie that are not in its line. A zeroed struct is empty; whoever
 * declares it releases it with envelope_room_free(). */
struct envelope_room {
  struct arena arena;
  struct buffer headers;
};

void envelope_room_free(struct envelope_room *room);

/* Reads a line without its end. What *out points to is in the line or in the room, and valid until
 * the room is used again. A line must name topic, partition, key and payload. ERR_SYNTAX with a
 * column if it is no JSON, as where it was cut short; ERR_DATA if it is no record. */
bool envelope_decode(struct slice line, struct capture_record *out, struct envelope_room *room,
                     struct error *err);

#endif
