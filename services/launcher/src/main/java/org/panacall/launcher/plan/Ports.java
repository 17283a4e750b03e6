// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.plan;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Every control port of one copy of the platform: the published default plus the copy's offset.
 * Replicas are counted from 1.
 */
public record Ports(int offset) {

    /** Offsets beyond it would run into the next copy's HTTP ports. */
    public static final int OFFSET_MAX = 900;

    /** Ports are ten apart from one service to the next. */
    public static final int REPLICAS_MAX = 10;

    public Ports {
        if (offset < 0 || offset > OFFSET_MAX) {
            throw new IllegalArgumentException(
                    "PANACALL_PORT_OFFSET=" + offset + ": give 0 to " + OFFSET_MAX);
        }
    }

    /** The first offset in hundreds whose ports nobody holds now, for a copy beside others. */
    public static Ports firstFree() {
        for (int offset = 100; offset <= OFFSET_MAX; offset += 100) {
            var ports = new Ports(offset);
            if (ports.areFree()) {
                return ports;
            }
        }
        throw new IllegalStateException("copies of the platform hold the ports of every offset");
    }

    private boolean areFree() {
        var claims =
                IntStream.of(
                        sip(),
                        sipTls(),
                        webSocket(),
                        edgeHttp(),
                        edgeInternalSip(),
                        carrierSip(),
                        sipIngressSip(1),
                        rtpengineNg(),
                        rtpengineCli(),
                        rtpengineHttp(),
                        nats(),
                        natsMonitor(),
                        postgres());
        var services =
                Arrays.stream(Service.values())
                        .flatMapToInt(service -> IntStream.of(grpc(service, 1), http(service, 1)));
        return IntStream.concat(claims, services)
                .mapToObj(port -> List.of(PortClaim.tcp(port), PortClaim.udp(port)))
                .flatMap(List::stream)
                .allMatch(PortClaim::isFree);
    }

    public int sip() {
        return 5060 + offset;
    }

    public int sipTls() {
        return 5061 + offset;
    }

    public int webSocket() {
        return 5066 + offset;
    }

    public int edgeHttp() {
        return 5067 + offset;
    }

    public int edgeInternalSip() {
        return 5080 + offset;
    }

    /** Where outbound PSTN calls go on the carrier's address. */
    public int carrierSip() {
        return 5070 + offset;
    }

    public int sipIngressSip(int replica) {
        return 5090 + offset + replica - 1;
    }

    public int rtpengineNg() {
        return 2223 + offset;
    }

    public int rtpengineCli() {
        return 2224 + offset;
    }

    public int rtpengineHttp() {
        return 2225 + offset;
    }

    public int nats() {
        return 4222 + offset;
    }

    public int natsMonitor() {
        return 8222 + offset;
    }

    public int postgres() {
        return 5432 + offset;
    }

    public int desktop() {
        return 8080 + offset;
    }

    /** gRPC of a replica of a service. */
    public int grpc(Service service, int replica) {
        return service.firstGrpcPort() + offset + replica - 1;
    }

    /** Health and metrics of a replica of a service, and the desktop's pages. */
    public int http(Service service, int replica) {
        return service.firstHttpPort() + offset + replica - 1;
    }
}
