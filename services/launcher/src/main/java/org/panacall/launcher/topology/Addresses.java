// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.topology;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.plan.Service;

/** Where services find each other, PostgreSQL, NATS and the edge: the same for each of them. */
final class Addresses {

    private static final String LOCALHOST = "127.0.0.1:";

    private final PlatformSettings settings;

    Addresses(PlatformSettings settings) {
        this.settings = settings;
    }

    String nats() {
        return settings.nats()
                .map(Object::toString)
                .orElse("nats://" + LOCALHOST + settings.ports().nats());
    }

    /** Settings of the data source by their names in the environment. */
    Map<String, String> dataSource(String ownPassword) {
        var server = LOCALHOST + settings.ports().postgres();
        var path = server + "/" + PostgresCluster.DATABASE;
        var user = PostgresCluster.USER;
        var password = ownPassword;
        if (settings.postgres().isPresent()) {
            var given = settings.postgres().get();
            int port = given.getPort() < 0 ? 5432 : given.getPort();
            path = given.getHost() + ":" + port + given.getPath();
            var credentials = String.valueOf(given.getUserInfo()).split(":", 2);
            user = credentials[0];
            password = credentials.length > 1 ? credentials[1] : "";
        }
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:postgresql://" + path,
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                "postgresql://" + path,
                "QUARKUS_DATASOURCE_USERNAME",
                user,
                "QUARKUS_DATASOURCE_PASSWORD",
                password);
    }

    Map<String, String> services() {
        var addresses = new HashMap<String, String>();
        addresses.put("PANACALL_NATS_URL", nats());
        addresses.put("PANACALL_DIRECTORY_ADDRESS", all(Service.DIRECTORY));
        addresses.put("PANACALL_SIP_INGRESS_ADDRESSES", all(Service.SIP_INGRESS));
        addresses.put("PANACALL_MEDIA_ADDRESSES", all(Service.MEDIA));
        addresses.put("PANACALL_IVR_ADDRESSES", all(Service.IVR));
        addresses.put("PANACALL_ACD_ADDRESSES", all(Service.ACD));
        addresses.put("PANACALL_REPORTING_ADDRESSES", all(Service.REPORTING));
        addresses.put("PANACALL_RECORDINGS_ADDRESSES", all(Service.RECORDINGS));
        var ports = settings.ports();
        addresses.put("PANACALL_EDGE_SIP_ADDRESS", LOCALHOST + ports.edgeInternalSip());
        addresses.put("PANACALL_EDGE_RELAY_ADDRESS", LOCALHOST + ports.rtpengineHttp());
        addresses.put("PANACALL_EDGE_WEBSOCKET_ADDRESS", LOCALHOST + ports.webSocket());
        addresses.put("PANACALL_EDGE_RPC_URL", "http://" + LOCALHOST + ports.edgeHttp() + "/RPC");
        return addresses;
    }

    String grpc(Service service, int replica) {
        return LOCALHOST + settings.ports().grpc(service, replica);
    }

    private String all(Service service) {
        return IntStream.rangeClosed(1, settings.replicas().of(service))
                .mapToObj(replica -> grpc(service, replica))
                .collect(Collectors.joining(","));
    }
}
