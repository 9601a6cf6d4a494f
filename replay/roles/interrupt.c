/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/interrupt.h"

#include <signal.h>
#include <string.h>

static const int NUMBER[] = {SIGINT, SIGTERM};
enum { NUMBERS = sizeof NUMBER / sizeof *NUMBER };

static volatile sig_atomic_t came;
static struct sigaction before[NUMBERS];

static void note(int number)
{
  came = number;
}

void interrupt_catch(void)
{
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = note;
  action.sa_flags = (int)SA_RESETHAND;
  for (int i = 0; i < NUMBERS; i++) {
    sigaction(NUMBER[i], NULL, &before[i]);
    if (before[i].sa_handler != SIG_IGN)
      sigaction(NUMBER[i], &action, NULL);
  }
}

void interrupt_let_go(void)
{
  for (int i = 0; i < NUMBERS; i++)
    sigaction(NUMBER[i], &before[i], NULL);
}

bool interrupt_check(struct error *err)
{
  if (came == 0)
    return true;
  return error_set(err, ERR_INTERRUPTED,
                   "stopped by %s; a run writes its outputs at its end, so this one has none",
                   came == SIGINT ? "SIGINT" : "SIGTERM");
}

void interrupt_pass_on(void)
{
  if (came == 0)
    return;
  signal(came, SIG_DFL);
  raise(came);
}
