/* SPDX-License-Identifier: Apache-2.0 */
/* client.c - handles of librdkafka: their settings, their troubles, the first answer. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/suggest.h"
#include "broker/kafka/internal.h"

enum { CONNECT_STEP_MS = 100, MOST_NAMES = 512 };

struct pair {
  const char *name, *value;
};

/* What we want otherwise than librdkafka; a user's setting comes after it. A broker that is back is
 * found again within a second. */
static const struct pair COMMON[] = {{"client.id", "retrial"},
                                     {"socket.keepalive.enable", "true"},
                                     {"reconnect.backoff.max.ms", "1000"}};
static const struct pair PRODUCER[] = {{"acks", "all"}};
/* A reset would pass records over without a word. Offsets are stored when we commit them. */
static const struct pair CONSUMER[] = {
    {"auto.offset.reset", "error"},
    {"enable.partition.eof", "true"},
    {"enable.auto.offset.store", "false"},
    {"auto.commit.interval.ms", "1000"},
    {"allow.auto.create.topics", "false"},
    {"fetch.error.backoff.ms", "20"},
    {"partition.assignment.strategy", "range"},
};
/* A member that was killed is missed early: the least that a broker allows by itself. */
static const struct pair MEMBER[] = {
    {"session.timeout.ms", "6000"},
    {"heartbeat.interval.ms", "1000"},
};

bool kafka_fail(const struct kafka_broker *kafka, const char *why, struct error *err,
                const char *format, ...)
{
  char what[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(what, sizeof what, format, arguments);
  va_end(arguments);
  size_t n = strlen(why);
  return error_set(err, ERR_BROKER, "%s: %s%s%.*s", kafka->servers, what, n != 0 ? ": " : "",
                   (int)(n - (n != 0 && why[n - 1] == '.')), why);
}

static bool wants(const struct kafka_broker *kafka, const char *name)
{
  for (size_t i = 0; i < kafka->options.settings; i++)
    if (slice_is(kafka->options.setting[i].name, name))
      return true;
  return false;
}

/* acks=0 and acks=1 exclude idempotence, which we ask for otherwise. */
static bool wants_few_acks(const struct kafka_broker *kafka)
{
  bool few = false;
  for (size_t i = 0; i < kafka->options.settings; i++) {
    const struct broker_setting *s = &kafka->options.setting[i];
    if (slice_is(s->name, "acks") || slice_is(s->name, "request.required.acks"))
      few = !slice_is(s->value, "all") && !slice_is(s->value, "-1");
  }
  return few;
}

static void set_ours(rd_kafka_conf_t *conf, const struct pair *pair, size_t pairs)
{
  for (size_t i = 0; i < pairs; i++)
    rd_kafka_conf_set(conf, pair[i].name, pair[i].value, NULL, 0);
}

/* librdkafka prints its properties as a table, "name | C/P | range | default | ...". */
static size_t read_names(char *table, struct slice *name)
{
  size_t n = 0;
  for (char *end, *line = table; *line != '\0' && n < MOST_NAMES; line = end) {
    end = line + strcspn(line, "\n");
    end += *end == '\n';
    struct slice word = {line, strcspn(line, " \n")};
    if (word.n != 0 && line[word.n] == ' ')
      name[n++] = word;
  }
  return n;
}

/* A name that librdkafka does not know, with the nearest that it does. */
static bool fail_name(const char *name, struct error *err)
{
  struct slice known[MOST_NAMES];
  char hint[128] = "", *table = NULL;
  size_t size;
  FILE *file = open_memstream(&table, &size);
  if (file != NULL) {
    rd_kafka_conf_properties_show(file);
    fclose(file);
    suggest_hint(slice_of(name), known, read_names(table, known), hint, sizeof hint);
  }
  free(table);
  return error_set(err, ERR_USAGE, "librdkafka has no property '%.100s'%s", name, hint);
}

/* Some settings exist only where librdkafka was built with a feature; its text says so. */
static bool set_users(struct kafka_broker *kafka, rd_kafka_conf_t *conf, struct error *err)
{
  for (size_t i = 0; i < kafka->options.settings; i++) {
    const struct broker_setting *s = &kafka->options.setting[i];
    char why[256];
    const char *name = arena_copy(&kafka->arena, s->name.p, s->name.n);
    const char *value = arena_copy(&kafka->arena, s->value.p, s->value.n);
    rd_kafka_conf_res_t answer = rd_kafka_conf_set(conf, name, value, why, sizeof why);
    if (answer == RD_KAFKA_CONF_UNKNOWN)
      return fail_name(name, err);
    if (answer != RD_KAFKA_CONF_OK)
      return error_set(err, ERR_USAGE, "%s=%s: %s", name, value, why);
  }
  return true;
}

/* What librdkafka says in a way that does not help, by a part of it; what we say from there on. */
static const struct pair CLEARER[] = {
    {"error:0A000086:SSL routines::certificate verify failed",
     "certificate verify failed: ssl.ca.location (-X) must name the authority that signed the "
     "broker's certificate, and the certificate the broker's host"},
    {"Invalid response size", "what answers there is no Kafka broker, or wants another "
                              "security.protocol (-X)"},
    {"error:0A000126:SSL routines::unexpected eof",
     "the broker hangs up; is TLS what it wants (-X security.protocol)?"},
    {" (after ", ""}, /* so many ms in which state */
};

/* Its words begin with the handle and the broker: "[thrd:ssl://localhost:1/bootstrap]: ", once more
 * "ssl://localhost:1/bootstrap: ", or "GroupCoordinator: localhost:1: ". */
static const char *without_thread(const char *reason)
{
  const char *behind = strstr(reason, "]: ");
  reason = reason[0] == '[' && behind != NULL ? behind + strlen("]: ") : reason;
  if (strncmp(reason, "GroupCoordinator: ", strlen("GroupCoordinator: ")) == 0) {
    behind = strstr(reason + strlen("GroupCoordinator: "), ": ");
    return behind != NULL ? behind + strlen(": ") : reason;
  }
  behind = strstr(reason, ": ");
  bool broker = behind != NULL && memchr(reason, '/', (size_t)(behind - reason)) != NULL &&
                memchr(reason, ' ', (size_t)(behind - reason)) == NULL;
  return broker ? behind + strlen(": ") : reason;
}

static void note_problem(struct kafka_broker *kafka, const char *reason)
{
  snprintf(kafka->problem, sizeof kafka->problem, "%s", without_thread(reason));
  for (size_t i = 0; i < sizeof CLEARER / sizeof *CLEARER; i++) {
    char *at = strstr(kafka->problem, CLEARER[i].name);
    if (at != NULL)
      snprintf(at, (size_t)(kafka->problem + sizeof kafka->problem - at), "%s", CLEARER[i].value);
  }
}

static void on_error(rd_kafka_t *client, int code, const char *reason, void *opaque)
{
  (void)client;
  struct kafka_broker *kafka = opaque;
  if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN && kafka->problem[0] != '\0')
    return; /* the one before says why */
  kafka->refused =
      kafka->refused || code == RD_KAFKA_RESP_ERR__AUTHENTICATION || code == RD_KAFKA_RESP_ERR__SSL;
  note_problem(kafka, reason);
  kafka_mark_stale(kafka);
}

/* What matters comes by on_error() and with the answers. */
static void no_log(const rd_kafka_t *client, int level, const char *facility, const char *text)
{
  (void)client, (void)level, (void)facility, (void)text;
}

static bool fill(struct kafka_broker *kafka, rd_kafka_conf_t *conf, rd_kafka_type_t type,
                 const char *group, struct error *err)
{
  set_ours(conf, COMMON, sizeof COMMON / sizeof *COMMON);
  if (type == RD_KAFKA_PRODUCER) {
    set_ours(conf, PRODUCER, sizeof PRODUCER / sizeof *PRODUCER);
    if (!wants_few_acks(kafka) && !wants(kafka, "enable.idempotence"))
      rd_kafka_conf_set(conf, "enable.idempotence", "true", NULL, 0);
    rd_kafka_conf_set_dr_msg_cb(conf, kafka_delivered);
    if (kafka->options.servers == NULL)
      rd_kafka_conf_set(conf, "test.mock.num.brokers", "1", NULL, 0);
  } else {
    set_ours(conf, CONSUMER, sizeof CONSUMER / sizeof *CONSUMER);
    rd_kafka_conf_set(conf, "enable.auto.commit", kafka->options.grouped ? "true" : "false", NULL,
                      0);
    rd_kafka_conf_set(conf, "group.id", group, NULL, 0);
    if (kafka->options.servers == NULL) /* it lets a fetch wait for its full time */
      rd_kafka_conf_set(conf, "fetch.wait.max.ms", "1", NULL, 0);
    if (kafka->options.grouped) {
      set_ours(conf, MEMBER, sizeof MEMBER / sizeof *MEMBER);
      rd_kafka_conf_set_rebalance_cb(conf, kafka_rebalance);
    }
  }
  rd_kafka_conf_set_error_cb(conf, on_error);
  rd_kafka_conf_set_log_cb(conf, no_log);
  if (!set_users(kafka, conf, err))
    return false;
  if (kafka->servers != NULL)
    rd_kafka_conf_set(conf, "bootstrap.servers", kafka->servers, NULL, 0);
  return true;
}

rd_kafka_t *kafka_client(struct kafka_broker *kafka, rd_kafka_type_t type, const char *group,
                         struct error *err)
{
  char why[256];
  rd_kafka_conf_t *conf = rd_kafka_conf_new();
  rd_kafka_conf_set_opaque(conf, kafka);
  if (!fill(kafka, conf, type, group, err)) {
    rd_kafka_conf_destroy(conf);
    return NULL;
  }
  rd_kafka_t *client = rd_kafka_new(type, conf, why, sizeof why);
  if (client == NULL) {
    rd_kafka_conf_destroy(conf);
    error_set(err, ERR_USAGE, "the Kafka client cannot be set up: %s", why);
  }
  return client;
}

bool kafka_connect(struct kafka_broker *kafka, struct error *err)
{
  const struct rd_kafka_metadata *metadata;
  rd_kafka_resp_err_t code;
  for (int left = kafka->options.timeout_ms; left > 0 && !kafka->refused; left -= CONNECT_STEP_MS) {
    code = rd_kafka_metadata(kafka->client, 0, NULL, &metadata, CONNECT_STEP_MS);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
      rd_kafka_metadata_destroy(metadata);
      rd_kafka_poll(kafka->client, 0); /* a complaint of another address, say, came before */
      kafka_is_well(kafka);
      return true;
    }
    rd_kafka_poll(kafka->client, 0);
  }
  if (kafka->refused)
    return kafka_fail(kafka, kafka->problem, err, "the broker cannot be talked to");
  const char *why = kafka->problem[0] != '\0' ? kafka->problem : "is it Kafka that listens?";
  return kafka_fail(kafka, why, err, "no broker has answered within %g s",
                    kafka->options.timeout_ms / 1000.0);
}

void kafka_wake_by(struct kafka_broker *kafka, rd_kafka_queue_t *queue)
{
  if (kafka->wake[1] >= 0)
    rd_kafka_queue_io_event_enable(queue, kafka->wake[1], "w", 1);
}
