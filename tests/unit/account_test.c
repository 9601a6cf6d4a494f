/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/account.h"
#include "tests/support/check.h"

struct books {
  struct account_topic topic;
  struct account_reader reader;
  struct account_table table;
  struct account account;
};

/* Books that close, over `n` messages. */
static void open_books(struct books *b, uint64_t n)
{
  *b = (struct books){
      .topic = {.name = SLICE("topic-cpu"), .generated = n, .sent = n, .acked = n, .appended = n},
      .reader = {.name = SLICE("consumer1"), .fetched = n, .decoded = n},
      .table = {SLICE("cpu_data"), 0, n},
  };
  b->account = (struct account){.topics = 1,
                                .readers = 1,
                                .tables = 1,
                                .topic = &b->topic,
                                .reader = &b->reader,
                                .table = &b->table};
}

static void assert_open(const struct books *b, const char *text)
{
  struct error err = {0};
  assert_false(account_close_topics(&b->account, &err));
  assert_int_equal(err.code, ERR_ACCOUNT);
  assert_string_equal(err.text, text);
}

static void books_without_a_gap_close(void **state)
{
  (void)state;
  struct books b;
  open_books(&b, 28800);
  assert_true(account_close_topics(&b.account, NULL));
  b.reader.decoded -= 3;
  b.reader.rejected = 3;
  b.table.stored -= 3;
  assert_true(account_close_topics(&b.account, NULL));
}

static void a_lost_record_is_named_with_its_topic_both_stages_and_the_count(void **state)
{
  (void)state;
  struct books b;
  open_books(&b, 28800);
  b.topic.sent--;
  assert_open(&b, "topic-cpu: 28800 generated, 28799 sent: 1 record was lost");
  open_books(&b, 28800);
  b.topic.acked -= 2;
  assert_open(&b, "topic-cpu: 28800 sent, 28798 acked: 2 records were lost");
  open_books(&b, 28800);
  b.topic.appended--;
  assert_open(&b, "topic-cpu: 28800 acked, 28799 appended: 1 record was lost");
  open_books(&b, 28800);
  b.reader.fetched--;
  assert_open(&b, "topic-cpu: 28800 appended, 28799 fetched: 1 record was lost");
  open_books(&b, 28800);
  b.reader.decoded--;
  assert_open(&b, "topic-cpu: 28800 fetched, 28799 decoded or rejected: 1 record was lost");
  open_books(&b, 28800);
  b.table.stored--;
  assert_open(&b, "topic-cpu: 28800 decoded, 28799 stored in table cpu_data: 1 record was lost");
}

static void a_record_that_came_twice_is_too_many(void **state)
{
  (void)state;
  struct books b;
  open_books(&b, 28800);
  b.reader.fetched++;
  assert_open(&b, "topic-cpu: 28800 appended, 28801 fetched: 1 record too many");
}

/* A producer that was killed may have sent a row a second time: it was decoded, and is stored once.
 */
static void a_row_that_came_again_is_stored_once(void **state)
{
  (void)state;
  struct books b;
  open_books(&b, 28800);
  b.reader.doubled = 2;
  b.table.stored -= 2;
  assert_true(account_close_topics(&b.account, NULL));
  b.table.stored++;
  assert_open(&b, "topic-cpu: 28798 decoded, 28799 stored in table cpu_data: 1 record too many");
}

static void a_row_that_never_came_is_named_by_its_number(void **state)
{
  (void)state;
  struct books b;
  open_books(&b, 28800);
  b.reader.missing = 1;
  b.reader.first_missing = 17;
  assert_open(&b, "topic-cpu: 1 row of the dataset never came, the first one is row 17");
  b.reader.missing = 3;
  assert_open(&b, "topic-cpu: 3 rows of the dataset never came, the first one is row 17");
}

/* What another process does is its own account's. */
static void what_is_done_elsewhere_is_not_looked_at(void **state)
{
  (void)state;
  struct books b;
  open_books(&b, 28800);
  b.topic.generated = b.topic.sent = b.topic.acked = 0;
  b.topic.not_sent = true;
  assert_true(account_close_topics(&b.account, NULL));
  b.reader.fetched--;
  assert_open(&b, "topic-cpu: 28800 appended, 28799 fetched: 1 record was lost");
  open_books(&b, 28800);
  b.reader.fetched = b.reader.decoded = b.table.stored = 0;
  b.reader.missing = 1;
  b.reader.not_read = true;
  assert_true(account_close_topics(&b.account, NULL));
  b.topic.acked--;
  assert_open(&b, "topic-cpu: 28800 sent, 28799 acked: 1 record was lost");
}

static void the_rows_of_a_job_have_one_place_each(void **state)
{
  (void)state;
  struct account_job job = {SLICE("CPU_MEM"), 57600, 57000, 100, 300, 150, 50};
  struct error err = {0};
  assert_true(account_close_job(&job, &err));
  job.windowed++;
  assert_false(account_close_job(&job, &err));
  assert_int_equal(err.code, ERR_ACCOUNT);
  assert_string_equal(err.text,
                      "CPU_MEM: 57600 rows read, 57601 windowed, late, filtered, without a time "
                      "or in no window: 1 record too many");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(books_without_a_gap_close),
      cmocka_unit_test(a_lost_record_is_named_with_its_topic_both_stages_and_the_count),
      cmocka_unit_test(a_record_that_came_twice_is_too_many),
      cmocka_unit_test(a_row_that_came_again_is_stored_once),
      cmocka_unit_test(a_row_that_never_came_is_named_by_its_number),
      cmocka_unit_test(what_is_done_elsewhere_is_not_looked_at),
      cmocka_unit_test(the_rows_of_a_job_have_one_place_each),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
