/* SPDX-License-Identifier: Apache-2.0 */
/* model.h - the memory broker as the pipeline's topics model it, under the virtual clock: a role
 * that lets the broker do what its time has come for.
 */
#ifndef RETRIAL_REPLAY_ROLES_MODEL_H
#define RETRIAL_REPLAY_ROLES_MODEL_H

#include "broker/broker.h"
#include "pipeline/pipeline.h"
#include "replay/roles/role.h"

struct model;

/* Whether any topic takes time. */
bool model_is_asked_for(const struct pipeline *pipeline);

struct model *model_new(const struct pipeline *pipeline, int64_t start_ns);

struct broker *model_broker(struct model *model);
struct role *model_role(struct model *model);

/* No record comes any more: the role is done when none waits. */
void model_end(struct model *model);

/* Closes the broker, too; NULL is allowed. */
void model_free(struct model *model);

#endif
