/* SPDX-License-Identifier: Apache-2.0 */
#include "broker/wake_pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

bool wake_pipe_open(int end[2], struct error *err)
{
  if (pipe(end) != 0) {
    end[0] = end[1] = -1;
    return error_io(err, "a pipe", errno, "cannot be made");
  }
  for (int i = 0; i < 2; i++) {
    fcntl(end[i], F_SETFL, O_NONBLOCK);
    fcntl(end[i], F_SETFD, FD_CLOEXEC);
  }
  return true;
}

void wake_pipe_close(const int end[2])
{
  for (int i = 0; i < 2; i++)
    if (end[i] >= 0)
      close(end[i]);
}
