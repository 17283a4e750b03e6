// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

/**
 * Turns events into the bytes of one journal message and back.
 *
 * <p>{@code decode} must give back what {@code encode} was given, the turn's time included: engines
 * take their time from it after a replay. Used by one thread at a time.
 */
public interface Codec<E> {

    byte[] encode(Turn<E> turn);

    Turn<E> decode(byte[] message);
}
