// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench.media;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** One run of {@code tests/bench/rtp_load.c}. */
final class RtpLoad implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;

    /** What was measured, the CPU of the process under test among it. */
    record Result(Map<String, Double> words, long cpuMillis, double seconds) {

        double lossPercent() {
            return 100 * (1 - words.get("heard") / Math.max(1, words.get("sent")));
        }

        double cpuPercent() {
            return cpuMillis / 10.0 / seconds;
        }

        /** Each received and sent on. */
        double packetsACpuSecond() {
            return words.get("packets") / Math.max(1, cpuMillis) * 1000;
        }
    }

    RtpLoad(List<String> program, List<Object> arguments) throws IOException {
        var command = new ArrayList<>(program);
        arguments.forEach(argument -> command.add(argument.toString()));
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        out = process.inputReader();
    }

    /** The port that its parties speak from. */
    int port() throws IOException {
        return Integer.parseInt(line("port").split(" ")[1]);
    }

    void awaitReady() throws IOException {
        line("ready");
    }

    /** Lets it speak, and reads the CPU at both ends of its window. */
    Result run(LongSupplier cpuMillis) throws IOException {
        var in = process.outputWriter();
        in.write("go\n");
        in.flush();
        line("begin");
        long cpu = cpuMillis.getAsLong();
        long clock = System.nanoTime();
        line("end");
        long cpuSpent = cpuMillis.getAsLong() - cpu;
        double seconds = (System.nanoTime() - clock) / 1e9;
        var words = new TreeMap<String, Double>();
        var found = line("sent").split(" ");
        for (int i = 0; i + 1 < found.length; i += 2) {
            words.put(found[i], Double.valueOf(found[i + 1]));
        }
        return new Result(words, cpuSpent, seconds);
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String line(String begin) throws IOException {
        var line = out.readLine();
        if (line == null || !line.startsWith(begin)) {
            throw new IOException("rtp_load said '" + line + "' instead of " + begin);
        }
        return line;
    }
}
