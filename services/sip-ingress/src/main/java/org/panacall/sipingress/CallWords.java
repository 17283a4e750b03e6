// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import org.panacall.proto.call.v1.ControllerKind;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.leg.Direction;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.LegRole;

/** The words that all contracts share, from the core's form into messages and back. */
public final class CallWords {

    private CallWords() {}

    public static org.panacall.proto.call.v1.EndReason toMessage(EndReason reason) {
        var fault =
                switch (reason.fault()) {
                    case NONE -> org.panacall.proto.call.v1.Fault.FAULT_NONE;
                    case CALLER -> org.panacall.proto.call.v1.Fault.FAULT_CALLER;
                    case AGENT -> org.panacall.proto.call.v1.Fault.FAULT_AGENT;
                    case CARRIER -> org.panacall.proto.call.v1.Fault.FAULT_CARRIER;
                    case US -> org.panacall.proto.call.v1.Fault.FAULT_US;
                    case UNKNOWN -> org.panacall.proto.call.v1.Fault.FAULT_UNKNOWN;
                };
        return org.panacall.proto.call.v1.EndReason.newBuilder()
                .setFault(fault)
                .setReason(reason.reason())
                .build();
    }

    public static EndReason ofMessage(org.panacall.proto.call.v1.EndReason reason) {
        var fault =
                switch (reason.getFault()) {
                    case FAULT_NONE -> EndReason.Fault.NONE;
                    case FAULT_CALLER -> EndReason.Fault.CALLER;
                    case FAULT_AGENT -> EndReason.Fault.AGENT;
                    case FAULT_CARRIER -> EndReason.Fault.CARRIER;
                    case FAULT_US -> EndReason.Fault.US;
                    case FAULT_UNKNOWN, FAULT_UNSPECIFIED, UNRECOGNIZED -> EndReason.Fault.UNKNOWN;
                };
        return new EndReason(fault, reason.getReason());
    }

    public static org.panacall.proto.call.v1.Controller toMessage(Controller controller) {
        var kind =
                switch (controller.kind()) {
                    case SIP_INGRESS -> ControllerKind.CONTROLLER_KIND_SIP_INGRESS;
                    case IVR -> ControllerKind.CONTROLLER_KIND_IVR;
                    case ACD -> ControllerKind.CONTROLLER_KIND_ACD;
                    case DIALER -> ControllerKind.CONTROLLER_KIND_DIALER;
                };
        return org.panacall.proto.call.v1.Controller.newBuilder()
                .setKind(kind)
                .setInstance(controller.instance())
                .build();
    }

    public static Controller ofMessage(org.panacall.proto.call.v1.Controller controller) {
        var kind =
                switch (controller.getKind()) {
                    case CONTROLLER_KIND_SIP_INGRESS -> Controller.Kind.SIP_INGRESS;
                    case CONTROLLER_KIND_IVR -> Controller.Kind.IVR;
                    case CONTROLLER_KIND_ACD -> Controller.Kind.ACD;
                    case CONTROLLER_KIND_DIALER -> Controller.Kind.DIALER;
                    case CONTROLLER_KIND_UNSPECIFIED, UNRECOGNIZED ->
                            throw new IllegalArgumentException("a controller's kind is wanted");
                };
        return new Controller(kind, controller.getInstance());
    }

    public static org.panacall.proto.call.v1.LegRole toMessage(LegRole role) {
        return switch (role) {
            case CALLER -> org.panacall.proto.call.v1.LegRole.LEG_ROLE_CALLER;
            case AGENT -> org.panacall.proto.call.v1.LegRole.LEG_ROLE_AGENT;
            case CALLEE -> org.panacall.proto.call.v1.LegRole.LEG_ROLE_CALLEE;
        };
    }

    public static org.panacall.proto.call.v1.Direction toMessage(Direction direction) {
        return switch (direction) {
            case INBOUND -> org.panacall.proto.call.v1.Direction.DIRECTION_INBOUND;
            case OUTBOUND -> org.panacall.proto.call.v1.Direction.DIRECTION_OUTBOUND;
        };
    }

    public static LegRole ofMessage(org.panacall.proto.call.v1.LegRole role) {
        return switch (role) {
            case LEG_ROLE_CALLER -> LegRole.CALLER;
            case LEG_ROLE_AGENT -> LegRole.AGENT;
            case LEG_ROLE_CALLEE -> LegRole.CALLEE;
            case LEG_ROLE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("a leg's role is wanted");
        };
    }

    public static Direction ofMessage(org.panacall.proto.call.v1.Direction direction) {
        return switch (direction) {
            case DIRECTION_INBOUND -> Direction.INBOUND;
            case DIRECTION_OUTBOUND -> Direction.OUTBOUND;
            case DIRECTION_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("a direction is wanted");
        };
    }
}
