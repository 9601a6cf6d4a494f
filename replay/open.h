/* SPDX-License-Identifier: Apache-2.0 */
/* open.h - the pipeline that a command line names: its first operand, with what --set says. */
#ifndef RETRIAL_REPLAY_OPEN_H
#define RETRIAL_REPLAY_OPEN_H

#include "pipeline/pipeline.h"
#include "replay/options.h"

/* For the option lists of commands that open a pipeline. */
#define OPTION_SET                                                                                 \
  {                                                                                                \
    "set", 's', "NAME=VALUE", "give a parameter a value; see 'retrial show'", true, false          \
  }

/* NULL with an error. The caller releases it with pipeline_free(). */
struct pipeline *open_pipeline(const struct arguments *arguments, struct error *err);

#endif
