package io.teleport;

import java.util.List;

/** Who may know whom among the packages of the core; the order is drawn in docs/architecture.md. */
final class Rooms {

    private static final String HOUSE = "io.teleport";

    private static final List<String> FROM_TOP_TO_BOTTOM = List.of(
            "peer", "plugin", "router", "session", "socket", "transport", "protocol", "filter", "codec", "message");

    private Rooms() {}

    static boolean isPlanned(String packageName) {
        return packageName.equals(HOUSE) || floor(packageName) >= 0;
    }

    /**
     * A package may know itself, the packages it lies in, and the rooms below its own. What lies inside another room is
     * an implementation, known only to those who put the house together: the peer and the package above all rooms.
     */
    static boolean mayKnow(String knower, String known) {
        if (knower.equals(known) || knower.equals(HOUSE)) {
            return true;
        }
        if (known.equals(HOUSE) || !isPlanned(knower) || !isPlanned(known)) {
            return false;
        }
        if (floor(knower) == floor(known)) {
            return knower.startsWith(known + ".");
        }
        var isBelow = floor(knower) < floor(known);
        return isBelow && (isRoomItself(known) || room(knower).equals("peer"));
    }

    private static int floor(String packageName) {
        return packageName.startsWith(HOUSE + ".") ? FROM_TOP_TO_BOTTOM.indexOf(room(packageName)) : -1;
    }

    private static boolean isRoomItself(String packageName) {
        return packageName.equals(HOUSE + "." + room(packageName));
    }

    private static String room(String packageName) {
        var inside = packageName.substring(HOUSE.length() + 1);
        var end = inside.indexOf('.');
        return end < 0 ? inside : inside.substring(0, end);
    }
}
