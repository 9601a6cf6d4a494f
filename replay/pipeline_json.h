/* SPDX-License-Identifier: Apache-2.0 */
/* pipeline_json.h - what a pipeline declares, as JSON. */
#ifndef RETRIAL_REPLAY_PIPELINE_JSON_H
#define RETRIAL_REPLAY_PIPELINE_JSON_H

#include <jansson.h>

#include "pipeline/pipeline.h"

/* NULL if a text of it is not UTF-8; the caller releases it with json_decref(). */
json_t *pipeline_json(const struct pipeline *pipeline);

/* The same of a job's plot alone. */
json_t *plot_json(const struct plot *plot);

#endif
