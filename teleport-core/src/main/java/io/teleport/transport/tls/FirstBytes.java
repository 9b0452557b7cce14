package io.teleport.transport.tls;

/** What someone sent who does not speak TLS, short enough for a log. */
final class FirstBytes {

    private static final int SHOWN = 16;

    private FirstBytes() {}

    /** @param message text that ends with all bytes in hexadecimal, as Netty's does */
    static String text(String message) {
        String hex = message.substring(message.lastIndexOf(' ') + 1);
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i + 1 < hex.length() && i < 2 * SHOWN; i += 2) {
            int value = Character.digit(hex.charAt(i), 16) << 4 | Character.digit(hex.charAt(i + 1), 16);
            shown.append(value >= ' ' && value < 0x7f ? Character.toString(value) : ".");
        }
        return shown.append(hex.length() > 2 * SHOWN ? "\"..." : "\"").toString();
    }
}
