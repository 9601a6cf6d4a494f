/* SPDX-License-Identifier: Apache-2.0 */
/* commands.h - the subcommands, sorted; to add one, add its line here and in replay/main.c. */
#ifndef RETRIAL_REPLAY_COMMANDS_COMMANDS_H
#define RETRIAL_REPLAY_COMMANDS_COMMANDS_H

#include "replay/command.h"

extern const struct command command_accept;
extern const struct command command_consume;
extern const struct command command_export;
extern const struct command command_generate;
extern const struct command command_help_text; /* `retrial help` */
extern const struct command command_init;
extern const struct command command_job;
extern const struct command command_list;
extern const struct command command_process;
extern const struct command command_produce;
extern const struct command command_record;
extern const struct command command_report;
extern const struct command command_run;
extern const struct command command_show;
extern const struct command command_sql;
extern const struct command command_verify;
extern const struct command command_version;

#endif
