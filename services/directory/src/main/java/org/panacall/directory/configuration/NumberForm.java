// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.configuration;

import io.vertx.mutiny.sqlclient.Row;
import org.panacall.proto.directory.v1.Number;

/** How the columns of a number say where it leads. */
public final class NumberForm {

    private NumberForm() {}

    public static Number read(Row row) {
        var number =
                Definitions.number(row.getString("number"), row.getString("variables"))
                        .setNumber(row.getString("number"))
                        .setSource(row.getString("source"))
                        .setFallbackQueueId(row.getString("fallback_queue_id"));
        var target = row.getString("target");
        switch (row.getString("destination")) {
            case "flow" -> number.setFlowId(target);
            case "queue" -> number.setQueueId(target);
            case "extension" -> number.setExtension(target);
            case "echo" -> number.setEcho(true);
            default ->
                    throw new IllegalStateException(
                            "the database holds a destination of a newer version");
        }
        return number.build();
    }

    /**
     * @throws IllegalArgumentException when it leads nowhere
     */
    public static String destination(Number number) {
        return switch (number.getDestinationCase()) {
            case FLOW_ID -> "flow";
            case QUEUE_ID -> "queue";
            case EXTENSION -> "extension";
            case ECHO -> "echo";
            case DESTINATION_NOT_SET -> throw new IllegalArgumentException("leads nowhere");
        };
    }

    public static String target(Number number) {
        return switch (number.getDestinationCase()) {
            case FLOW_ID -> number.getFlowId();
            case QUEUE_ID -> number.getQueueId();
            case EXTENSION -> number.getExtension();
            case ECHO, DESTINATION_NOT_SET -> "";
        };
    }
}
