// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core;

/** Why a run was not started. */
public sealed interface Refusal {

    /** This instance runs as many flows as it may. */
    record TooManyRuns() implements Refusal {}
}
