// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

/** Neighbours for a crowd alone, as what it leaves behind would confuse others. */
public class CrowdNeighbours extends Neighbours {}
