// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

/** How far what was told lay from what came, over many callers. */
final class Errors {

    /** A wait of some seconds is told wrong by any rule; it shall not rule the mean. */
    private static final double SHORTEST = 10;

    private final String name;
    private int count;
    private int within;
    private double squares;
    private double errors;
    private double relative;

    Errors(String name) {
        this.name = name;
    }

    void add(double told, double wait) {
        var error = told - wait;
        count++;
        squares += error * error;
        errors += error;
        relative += Math.abs(error) / Math.max(SHORTEST, wait);
        within += wait <= told ? 1 : 0;
    }

    String name() {
        return name;
    }

    int count() {
        return count;
    }

    double rootMeanSquare() {
        return Math.sqrt(squares / count);
    }

    double bias() {
        return errors / count;
    }

    double meanRelative() {
        return relative / count;
    }

    /** Share of callers who were answered within the time that they were told. */
    double within() {
        return within / (double) count;
    }
}
