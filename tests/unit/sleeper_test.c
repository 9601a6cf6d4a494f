/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/time/sleeper.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "replay/time/clock.h"
#include "tests/support/check.h"

enum { DEADLINES_BETWEEN_TRIALS = SPIN_BLOCK * SPIN_KEPT_BLOCKS };

/* Meets `deadlines` of them, each so late as its way is. */
static void meet(struct spin *spin, int deadlines, int64_t spun_ns, int64_t slept_ns)
{
  for (int i = 0; i < deadlines; i++)
    spin_record(spin, spin_next(spin) ? spun_ns : slept_ns);
}

static void spinning_that_pays_is_kept(void **state)
{
  (void)state;
  struct spin spin;
  spin_start(&spin);
  meet(&spin, 10 * (DEADLINES_BETWEEN_TRIALS + SPIN_BLOCK), 300, 55000);
  assert_true(spin_next(&spin));
  assert_int_equal(spin.stops, 0);
  assert_int_equal(spin.comparisons, 10);
  assert_int_equal(spin.slept, 10 * SPIN_BLOCK);
}

static void spinning_that_does_not_pay_is_given_up_after_two_blocks(void **state)
{
  (void)state;
  struct spin spin;
  spin_start(&spin);
  for (int i = 0; i < 2 * SPIN_BLOCK; i++) {
    assert_int_equal(spin_next(&spin), i < SPIN_BLOCK);
    spin_record(&spin, spin_next(&spin) ? 4000000 : 60000);
  }
  assert_false(spin_next(&spin));
  assert_int_equal(spin.stops, 1);
  assert_int_equal(spin.starts, 0);
}

static void spinning_is_taken_up_again_when_the_machine_is_free(void **state)
{
  (void)state;
  struct spin spin;
  spin_start(&spin);
  meet(&spin, 2 * SPIN_BLOCK, 4000000, 60000);
  meet(&spin, DEADLINES_BETWEEN_TRIALS, 300, 60000);
  assert_true(spin_next(&spin)); /* the trial */
  assert_false(spin.spins);
  meet(&spin, SPIN_BLOCK, 300, 60000);
  assert_true(spin.spins && spin_next(&spin));
  assert_int_equal(spin.starts, 1);
  char words[160];
  assert_string_equal(spin_words(&spin, words, sizeof words),
                      "spun for 64 of 1120 deadlines; given up 1 times and taken up again 1 times "
                      "in 2 comparisons");
}

static void a_gain_that_is_not_worth_a_processor_is_none(void **state)
{
  (void)state;
  struct spin spin;
  spin_start(&spin);
  meet(&spin, 2 * SPIN_BLOCK, 300, 300 + SPIN_GAIN_NS - 1);
  assert_false(spin_next(&spin));
  spin_start(&spin);
  meet(&spin, 2 * SPIN_BLOCK, 300, 300 + SPIN_GAIN_NS);
  assert_true(spin_next(&spin));
}

/* Seven of 32 may be late for another reason; eight and more are a quarter. */
static void a_few_late_deadlines_decide_nothing_and_a_quarter_does(void **state)
{
  (void)state;
  for (int late = 0; late <= SPIN_BLOCK; late++) {
    struct spin spin;
    spin_start(&spin);
    for (int i = 0; i < SPIN_BLOCK; i++)
      spin_record(&spin, i < late ? 10000000 : 300);
    meet(&spin, SPIN_BLOCK, 0, 60000);
    assert_int_equal(spin_next(&spin), late <= SPIN_BLOCK / 4);
  }
}

static void a_clock_that_is_set_has_jumped_and_one_that_is_slewed_has_not(void **state)
{
  (void)state;
  struct clock_watch watch = {0};
  int64_t real = CLOCK_START_NS, monotonic = 5 * NS_PER_SECOND;
  assert_false(clock_watch_look(&watch, real, monotonic));
  for (int i = 0; i < 1000; i++) { /* half a thousandth fast, as ntpd slews it */
    real += NS_PER_SECOND + 500000;
    monotonic += NS_PER_SECOND;
    assert_false(clock_watch_look(&watch, real, monotonic));
  }
  assert_true(clock_watch_look(&watch, real - 3600 * NS_PER_SECOND, monotonic));
  assert_false(clock_watch_look(&watch, real - 3600 * NS_PER_SECOND, monotonic));
  assert_true(clock_watch_look(&watch, real, monotonic + 3599 * NS_PER_SECOND));
  assert_int_equal(watch.jumps, 2);
  assert_true(watch.greatest_ns == -3600 * NS_PER_SECOND);
}

static void a_jump_is_what_goes_over_the_limit_either_way(void **state)
{
  (void)state;
  for (int sign = -1; sign <= 1; sign += 2) {
    struct clock_watch watch = {0};
    clock_watch_look(&watch, 0, 0);
    assert_false(clock_watch_look(&watch, sign * CLOCK_WATCH_LIMIT_NS, 0));
    assert_true(clock_watch_look(&watch, sign * (2 * CLOCK_WATCH_LIMIT_NS + 1), 0));
    assert_int_equal(watch.jumps, 1);
  }
}

/* --- on the machine's clock: never too early; how late is the machine's affair --- */

static void no_deadline_is_met_too_early(void **state)
{
  (void)state;
  int pipe_end[2];
  assert_int_equal(pipe(pipe_end), 0);
  for (int way = 0; way < 4; way++) {
    struct sleeper sleeper;
    sleeper_start(&sleeper, way & 1);
    for (int64_t i = 0; i < 20; i++) {
      int64_t deadline = sleeper_now() + i * 20000;
      assert_true(sleeper_wait(&sleeper, deadline, way & 2 ? pipe_end[0] : -1));
      assert_true(sleeper_now() >= deadline);
    }
    assert_true(sleeper.spin.spun <= 20 && (sleeper.spin.spun > 0) == (way & 1));
  }
  close(pipe_end[0]);
  close(pipe_end[1]);
}

static void a_deadline_that_has_passed_is_no_wait(void **state)
{
  (void)state;
  struct sleeper sleeper;
  sleeper_start(&sleeper, true);
  assert_true(sleeper_wait(&sleeper, 0, -1));
  assert_int_equal(sleeper.spin.spun, 0);
}

static void a_readable_descriptor_ends_the_wait(void **state)
{
  (void)state;
  int pipe_end[2];
  struct sleeper sleeper;
  assert_int_equal(pipe(pipe_end), 0);
  assert_int_equal(write(pipe_end[1], "x", 1), 1);
  sleeper_start(&sleeper, true);
  assert_false(sleeper_wait(&sleeper, INT64_MAX, pipe_end[0]));
  assert_int_equal(sleeper.spin.spun, 0);
  close(pipe_end[0]);
  close(pipe_end[1]);
}

static void ignore(int number)
{
  (void)number;
}

static void a_signal_ends_the_wait(void **state)
{
  (void)state;
  int pipe_end[2];
  struct sleeper sleeper;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = ignore;
  sigaction(SIGALRM, &action, NULL);
  assert_int_equal(pipe(pipe_end), 0);
  sleeper_start(&sleeper, false);
  alarm(1);
  assert_false(sleeper_wait(&sleeper, INT64_MAX, -1));
  alarm(1);
  assert_false(sleeper_wait(&sleeper, INT64_MAX, pipe_end[0]));
  close(pipe_end[0]);
  close(pipe_end[1]);
}

static void two_looks_at_the_machines_clocks_see_no_jump(void **state)
{
  (void)state;
  struct sleeper sleeper;
  sleeper_start(&sleeper, false);
  assert_false(sleeper_watch(&sleeper));
  assert_false(sleeper_watch(&sleeper));
  assert_true(sleeper.watch.difference_ns > 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(spinning_that_pays_is_kept),
      cmocka_unit_test(spinning_that_does_not_pay_is_given_up_after_two_blocks),
      cmocka_unit_test(spinning_is_taken_up_again_when_the_machine_is_free),
      cmocka_unit_test(a_gain_that_is_not_worth_a_processor_is_none),
      cmocka_unit_test(a_few_late_deadlines_decide_nothing_and_a_quarter_does),
      cmocka_unit_test(a_clock_that_is_set_has_jumped_and_one_that_is_slewed_has_not),
      cmocka_unit_test(a_jump_is_what_goes_over_the_limit_either_way),
      cmocka_unit_test(no_deadline_is_met_too_early),
      cmocka_unit_test(a_deadline_that_has_passed_is_no_wait),
      cmocka_unit_test(a_readable_descriptor_ends_the_wait),
      cmocka_unit_test(a_signal_ends_the_wait),
      cmocka_unit_test(two_looks_at_the_machines_clocks_see_no_jump),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
