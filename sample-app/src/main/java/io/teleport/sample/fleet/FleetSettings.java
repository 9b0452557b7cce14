package io.teleport.sample.fleet;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How many clients go where, and what lets them in.
 *
 * @param fleet Number of sessions, 0 for none.
 * @param fleetAddress The chat of the service, such as {@code tcp://127.0.0.1:9094}.
 * @param fleetSecret What the service has as sample.fleet-secret, too.
 */
@ConfigurationProperties("sample")
record FleetSettings(int fleet, String fleetAddress, String fleetSecret) {

    FleetSettings {
        if (fleet < 0) {
            throw new IllegalArgumentException("sample.fleet is " + fleet + " (expected 0 or more)");
        }
        if (fleet > 0 && fleetSecret.isBlank()) {
            throw new IllegalArgumentException("sample.fleet-secret is empty (expected that of the service)");
        }
    }

    /** What a member says to log in. */
    String tokenOf(String member) {
        return member + ":" + fleetSecret;
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "FleetSettings[" + fleet + " sessions with " + fleetAddress + "]";
    }
}
