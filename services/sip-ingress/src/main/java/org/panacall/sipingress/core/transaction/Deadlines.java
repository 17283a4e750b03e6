// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.transaction;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * All deadlines of one shard, the next one first, equal ones in the order they were set. A heap
 * whose members know their place, so that moving or clearing one leaves nothing behind.
 */
public final class Deadlines {

    private Timed[] heap = new Timed[64];
    private int size;
    private long orders;

    /** Sets or moves a deadline. */
    public void set(Timed timed, long deadline) {
        clear(timed);
        timed.deadline = deadline;
        timed.order = orders++;
        if (size == heap.length) heap = Arrays.copyOf(heap, size * 2);
        heap[size] = timed;
        timed.place = size++;
        up(timed.place);
    }

    /** Takes a deadline away, if it is set. */
    public void clear(Timed timed) {
        int place = timed.place;
        if (place < 0) return;
        assert heap[place] == timed;
        timed.place = -1;
        var last = heap[--size];
        heap[size] = null;
        if (last == timed) return;
        heap[place] = last;
        last.place = place;
        up(place);
        down(last.place);
    }

    /** Lets everything that is due act, in order. */
    public void run(long now) {
        while (size > 0 && heap[0].deadline <= now) {
            var timed = heap[0];
            clear(timed);
            timed.due(now);
        }
    }

    /** The next deadline. */
    public OptionalLong next() {
        return size == 0 ? OptionalLong.empty() : OptionalLong.of(heap[0].deadline);
    }

    private void up(int place) {
        while (place > 0) {
            int parent = (place - 1) / 2;
            if (!isBefore(place, parent)) return;
            swap(place, parent);
            place = parent;
        }
    }

    private void down(int place) {
        while (true) {
            int first = place;
            int left = 2 * place + 1;
            if (left < size && isBefore(left, first)) first = left;
            if (left + 1 < size && isBefore(left + 1, first)) first = left + 1;
            if (first == place) return;
            swap(place, first);
            place = first;
        }
    }

    private boolean isBefore(int a, int b) {
        var x = heap[a];
        var y = heap[b];
        return x.deadline < y.deadline || x.deadline == y.deadline && x.order < y.order;
    }

    private void swap(int a, int b) {
        var moved = heap[a];
        heap[a] = heap[b];
        heap[b] = moved;
        heap[a].place = a;
        heap[b].place = b;
    }
}
