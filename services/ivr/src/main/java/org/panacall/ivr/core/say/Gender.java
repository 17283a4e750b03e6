// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.say;

/** Of what is counted; English has none. */
enum Gender {
    MASCULINE,
    FEMININE,
    NEUTER
}
