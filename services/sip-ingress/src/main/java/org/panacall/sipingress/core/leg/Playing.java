// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.leg;

/** A program under way, by the name of its play. */
public record Playing(PlayId play, Program program) {}
