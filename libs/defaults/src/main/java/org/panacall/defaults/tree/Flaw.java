// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults.tree;

/**
 * One thing wrong with what somebody wrote.
 *
 * @param field where: "members[1].extension"
 * @param message what to do about it
 */
public record Flaw(String field, String message) {}
