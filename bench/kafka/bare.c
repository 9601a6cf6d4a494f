/* SPDX-License-Identifier: Apache-2.0 */
#include "bare.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static const char KEY_MARK[] = "\"server_id\": \"";

void die(const char *what, const char *why)
{
  fprintf(stderr, "bare: %s: %s\n", what, why);
  exit(3);
}

size_t number_of(const char *text)
{
  char *end;
  unsigned long long n = strtoull(text, &end, 10);
  if (*text < '0' || *text > '9' || *end != '\0' || n == 0 || n > SIZE_MAX / 64)
    die(text, "not a positive number");
  return (size_t)n;
}

void *get_memory(size_t n, size_t size)
{
  void *memory = calloc(n, size);
  if (memory == NULL)
    die("memory", "there is not enough");
  return memory;
}

int64_t now_ns(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static char *whole_file(const char *path, size_t *size)
{
  FILE *file = fopen(path, "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0)
    die(path, "cannot be read");
  long length = ftell(file);
  rewind(file);
  if (length <= 0)
    die(path, "is empty");
  char *text = get_memory((size_t)length + 1, 1);
  *size = fread(text, 1, (size_t)length, file);
  fclose(file);
  return text;
}

static void add_line(struct lines *lines, char *text, size_t size)
{
  size_t i = lines->n++;
  text[size] = '\0';
  lines->text[i] = text;
  lines->size[i] = size;
  char *key = strstr(text, KEY_MARK);
  if (key == NULL)
    return;
  lines->key[i] = key + sizeof KEY_MARK - 1;
  lines->key_size[i] = strcspn(lines->key[i], "\"");
}

struct lines read_lines(const char *path)
{
  size_t size, n = 1;
  char *text = whole_file(path, &size), *end = text + size;
  for (char *c = text; c < end; c++)
    n += *c == '\n';
  struct lines lines = {
      .text = get_memory(n, sizeof *lines.text),
      .size = get_memory(n, sizeof *lines.size),
      .key = get_memory(n, sizeof *lines.key),
      .key_size = get_memory(n, sizeof *lines.key_size),
  };
  while (text < end) {
    char *line_end = memchr(text, '\n', (size_t)(end - text));
    if (line_end == NULL)
      line_end = end;
    add_line(&lines, text, (size_t)(line_end - text));
    text = line_end + 1;
  }
  return lines;
}

void conf_set(rd_kafka_conf_t *conf, const char *key, const char *value)
{
  char message[MESSAGE_SIZE];
  if (rd_kafka_conf_set(conf, key, value, message, sizeof message) != RD_KAFKA_CONF_OK)
    die(key, message);
}

rd_kafka_conf_t *conf_of(const char *broker, int n, char **settings)
{
  rd_kafka_conf_t *conf = rd_kafka_conf_new();
  conf_set(conf, "bootstrap.servers", broker);
  for (int i = 0; i < n; i++) {
    char *equals = strchr(settings[i], '=');
    if (equals == NULL)
      die(settings[i], "is not KEY=VALUE");
    *equals = '\0';
    conf_set(conf, settings[i], equals + 1);
    *equals = '=';
  }
  return conf;
}

static double seconds_of(struct timeval t)
{
  return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static int ascending(const void *a, const void *b)
{
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

/* The smallest value that at least per_mille thousandths of them do not exceed, in ms. */
static double quantile_ms(const int64_t *sorted, size_t n, size_t per_mille)
{
  return (double)sorted[(n * per_mille + 999) / 1000 - 1] / 1e6;
}

void print_result(size_t messages, int64_t start_ns, int64_t *latency_ns, size_t n)
{
  double seconds = (double)(now_ns() - start_ns) / 1e9;
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("messages=%zu seconds=%.4f cpu=%.4f", messages, seconds,
         seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime));
  if (n > 0) {
    qsort(latency_ns, n, sizeof *latency_ns, ascending);
    printf(" p50_ms=%.4f p99_ms=%.4f", quantile_ms(latency_ns, n, 500),
           quantile_ms(latency_ns, n, 990));
  }
  putchar('\n');
}
