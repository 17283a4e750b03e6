// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.mailbox;

/**
 * Who listens to messages, as the audit names him.
 *
 * @param person "agent_103"
 */
public record Listener(String person, String extension) {}
