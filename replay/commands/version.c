/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/version.h"
#include "replay/commands/commands.h"
#include "replay/options.h"

static enum status exec(const struct arguments *arguments, struct error *err)
{
  (void)arguments, (void)err;
  printf("retrial %s\n", RETRIAL_VERSION);
  return STATUS_OK;
}

const struct command command_version = {
    .name = "version",
    .summary = "print the version",
    .operands = "",
    .exec = exec,
};
