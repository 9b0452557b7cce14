package io.teleport.sample;

/** Text of others, fit for a line of the log. */
public final class LogText {

    private static final int LONGEST = 200;

    private LogText() {}

    /** At most 200 characters, and none that ends the line or steers a terminal; so nobody can write lines of his own into the log, or fill it with one. */
    public static String of(String text) {
        String start = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        StringBuilder line = new StringBuilder(start.length());
        start.chars()
                .forEach(c ->
                        line.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '\ufffd' : (char) c));
        return line.toString();
    }
}
