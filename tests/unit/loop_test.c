/* SPDX-License-Identifier: Apache-2.0 */
/* The loop with a broker outside of the process: here one whose answers come from a thread. */
#include "replay/roles/loop.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "replay/roles/interrupt.h"
#include "tests/support/check.h"

#define LATE_NS (10 * NS_PER_SECOND) /* so late nobody is, unless he was not woken */

static struct {
  int pipe[2];
  atomic_int answers; /* that have come */
  int want, seen;
  int64_t delay_ns; /* before each answer */
  int64_t seen_ns;  /* virtual time of the last one */
} outside;

static int wake(struct broker *broker, struct error *err)
{
  (void)broker, (void)err;
  char byte;
  if (atomic_load(&outside.answers) > outside.seen && read(outside.pipe[0], &byte, 1) != 1)
    return -1;
  return outside.pipe[0];
}

static const char *trouble(struct broker *broker)
{
  (void)broker;
  return "the line is dead";
}

static void *answer(void *argument)
{
  (void)argument;
  for (int i = 0; i < outside.want; i++) {
    struct timespec delay = {0, (long)outside.delay_ns};
    nanosleep(&delay, NULL);
    atomic_fetch_add(&outside.answers, 1);
    if (write(outside.pipe[1], "x", 1) != 1)
      break;
  }
  return NULL;
}

/* Takes answers; done when all have come. */
static bool take(struct role *role, const struct clock *clock, bool *progress, struct error *err)
{
  (void)err;
  if (atomic_load(&outside.answers) > outside.seen) {
    outside.seen++;
    outside.seen_ns = clock_now(clock);
    *progress = true;
  }
  if (outside.seen == outside.want)
    role->deadline_ns = ROLE_DONE;
  return true;
}

/* A role with a deadline an hour away, which the virtual clock would like to jump to. */
static bool end(struct role *role, const struct clock *clock, bool *progress, struct error *err)
{
  (void)err;
  if (clock_now(clock) < role->deadline_ns)
    return true;
  role->deadline_ns = ROLE_DONE;
  *progress = true;
  return true;
}

static bool awaits(void *argument, uint64_t *heard)
{
  (void)argument;
  *heard = (uint64_t)outside.seen;
  return outside.seen < outside.want;
}

static bool may_jump(void *argument, int64_t deadline_ns)
{
  uint64_t heard;
  (void)deadline_ns;
  return !awaits(argument, &heard);
}

static bool can_go_on(void *argument, struct error *err)
{
  (void)argument, (void)err;
  return true;
}

static void tell(void *argument)
{
  (void)argument;
}

/* Runs both roles against so many answers; ran_ns is the machine's time that it took. */
static bool run(bool real, int want, int coming, int64_t patience_ns, int64_t *ran_ns,
                struct error *err)
{
  static const struct broker_ops operations = {.wake = wake, .trouble = trouble};
  struct broker broker = {&operations};
  struct clock clock;
  clock_start(&clock, real);
  struct role taker = {.deadline_ns = ROLE_WAITS, .advance = take};
  struct role ender = {.deadline_ns = clock.start_ns + (real ? 0 : 3600 * NS_PER_SECOND),
                       .advance = end};
  struct role *role[] = {&taker, &ender};
  struct loop loop = {
      .clock = &clock,
      .broker = &broker,
      .roles = 2,
      .role = role,
      .patience_ns = patience_ns,
      .awaits = awaits,
      .may_jump = may_jump,
      .can_go_on = can_go_on,
      .tell = tell,
  };
  pthread_t thread;
  assert_int_equal(pipe(outside.pipe), 0);
  outside.seen = 0;
  outside.want = coming;
  atomic_store(&outside.answers, 0);
  assert_int_equal(pthread_create(&thread, NULL, answer, NULL), 0);
  if (want != coming) { /* the thread has read how many to send */
    pthread_join(thread, NULL);
    outside.want = want;
  }
  *ran_ns = sleeper_now();
  bool good = loop_run(&loop, err);
  *ran_ns = sleeper_now() - *ran_ns;
  if (want == coming)
    pthread_join(thread, NULL);
  close(outside.pipe[0]);
  close(outside.pipe[1]);
  return good;
}

static void the_virtual_clock_stands_still_while_answers_are_on_their_way(void **state)
{
  (void)state;
  int64_t ran_ns;
  outside.delay_ns = 5 * NS_PER_MS;
  assert_true(run(false, 10, 10, LATE_NS, &ran_ns, NULL));
  assert_int_equal(outside.seen, 10);
  assert_true(outside.seen_ns == CLOCK_START_NS);
  assert_true(ran_ns >= 10 * outside.delay_ns && ran_ns < LATE_NS);
}

static void every_answer_wakes_the_real_clock(void **state)
{
  (void)state;
  int64_t ran_ns;
  outside.delay_ns = NS_PER_MS;
  assert_true(run(true, 200, 200, LATE_NS, &ran_ns, NULL));
  assert_true(ran_ns < LATE_NS); /* and not a nap of 20 ms for each */
}

static void a_broker_that_says_nothing_is_waited_for_so_long_and_no_longer(void **state)
{
  (void)state;
  outside.delay_ns = 0;
  for (int real = 0; real <= 1; real++) {
    int64_t ran_ns, patience_ns = 200 * NS_PER_MS;
    struct error err = {0};
    assert_false(run(real, 2, 1, patience_ns, &ran_ns, &err));
    assert_int_equal(outside.seen, 1);
    assert_int_equal(err.code, ERR_BROKER);
    assert_string_equal(err.text,
                        "nothing has come from the broker for 0.2 s (see --timeout), though "
                        "records are on their way: the line is dead");
    assert_true(ran_ns >= patience_ns && ran_ns < LATE_NS);
  }
}

static void a_signal_ends_the_loop_and_a_released_one_the_program(void **state)
{
  (void)state;
  int64_t ran_ns;
  struct error err = {0};
  struct sigaction action;
  interrupt_catch();
  raise(SIGTERM);
  assert_false(run(true, 2, 1, LATE_NS, &ran_ns, &err));
  interrupt_let_go();
  assert_int_equal(err.code, ERR_INTERRUPTED);
  assert_non_null(strstr(err.text, "stopped by SIGTERM"));
  sigaction(SIGTERM, NULL, &action);
  assert_true(action.sa_handler == SIG_DFL);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_virtual_clock_stands_still_while_answers_are_on_their_way),
      cmocka_unit_test(every_answer_wakes_the_real_clock),
      cmocka_unit_test(a_broker_that_says_nothing_is_waited_for_so_long_and_no_longer),
      cmocka_unit_test(a_signal_ends_the_loop_and_a_released_one_the_program),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
