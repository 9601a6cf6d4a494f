/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/threads.h"
#include "tests/support/check.h"

enum { LEAVES = 7, BRANCHES = 200 };

struct leaf {
  struct task task;
  int runs;
};

/* Starts leaves, waits for the branch before it, then for its leaves. */
struct branch {
  struct task task;
  struct executor *executor;
  struct branch *before;
  struct leaf leaf[LEAVES];
  int sum;
};

static void run_leaf(void *argument)
{
  struct leaf *leaf = argument;
  leaf->runs++;
}

static void run_branch(void *argument)
{
  struct branch *branch = argument;
  struct executor *executor = branch->executor;
  for (int i = 0; i < LEAVES; i++) {
    struct leaf *leaf = &branch->leaf[i];
    leaf->task = (struct task){.work = run_leaf, .argument = leaf, .is_leaf = true};
    executor->start(executor, &leaf->task);
  }
  if (branch->before != NULL) {
    executor->wait(executor, &branch->before->task);
    branch->sum = branch->before->sum;
  }
  for (int i = 0; i < LEAVES; i++) {
    executor->wait(executor, &branch->leaf[i].task);
    branch->sum += branch->leaf[i].runs;
  }
}

static void every_task_runs_once_and_every_wait_ends(void **state)
{
  (void)state;
  for (unsigned threads = 1; threads <= 9; threads++) {
    static struct branch branch[BRANCHES];
    struct threads *t = threads_new(threads);
    struct executor *executor = threads_executor(t);
    assert_int_equal(executor->threads, threads);
    for (int i = 0; i < BRANCHES; i++) {
      branch[i] = (struct branch){.executor = executor, .before = i != 0 ? &branch[i - 1] : NULL};
      branch[i].task = (struct task){.work = run_branch, .argument = &branch[i]};
      executor->start(executor, &branch[i].task);
    }
    executor->wait(executor, &branch[BRANCHES - 1].task);
    assert_int_equal(branch[BRANCHES - 1].sum, BRANCHES * LEAVES);
    threads_free(t);
  }
}

static void a_task_that_was_never_started_is_not_waited_for(void **state)
{
  (void)state;
  struct threads *t = threads_new(2);
  struct executor *executor = threads_executor(t);
  struct leaf leaf = {.task = {.work = run_leaf, .argument = &leaf}};
  executor->wait(executor, &leaf.task);
  assert_int_equal(leaf.runs, 0);
  threads_free(t);
}

static void a_task_that_is_done_may_be_started_again(void **state)
{
  (void)state;
  for (unsigned threads = 1; threads <= 3; threads++) {
    struct threads *t = threads_new(threads);
    struct executor *executor = threads_executor(t);
    struct leaf leaf = {.task = {.work = run_leaf, .argument = &leaf, .is_leaf = true}};
    for (int i = 1; i <= 100; i++) {
      executor->start(executor, &leaf.task);
      executor->wait(executor, &leaf.task);
      assert_int_equal(leaf.runs, i);
    }
    threads_free(t);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_task_runs_once_and_every_wait_ends),
      cmocka_unit_test(a_task_that_was_never_started_is_not_waited_for),
      cmocka_unit_test(a_task_that_is_done_may_be_started_again),
  };
  return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
