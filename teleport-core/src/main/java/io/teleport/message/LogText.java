package io.teleport.message;

/**
 * Text that the other side chose, on its way into a log: it must neither begin a line of its own nor fill the disk.
 */
public final class LogText {

    /** Characters that are kept. */
    public static final int LIMIT = 200;

    private static final char REPLACEMENT = '\ufffd';

    private LogText() {}

    /** The beginning of the text, with U+FFFD for everything that is not to be seen; {@code …} stands for the rest. */
    public static String of(String text) {
        boolean whole = text.length() <= LIMIT;
        String shown = whole ? text : text.substring(0, LIMIT);
        if (!shown.chars().allMatch(LogText::isVisible)) {
            StringBuilder visible = new StringBuilder(shown);
            for (int i = 0; i < visible.length(); i++) {
                if (!isVisible(visible.charAt(i))) {
                    visible.setCharAt(i, REPLACEMENT);
                }
            }
            shown = visible.toString();
        }
        return whole ? shown : shown + "…";
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
