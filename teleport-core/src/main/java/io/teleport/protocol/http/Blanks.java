package io.teleport.protocol.http;

/** Spaces and tabs around the value of a header, which do not belong to it. */
final class Blanks {

    private Blanks() {}

    /** What stands behind the first characters of the text, without blanks at both ends. */
    static String trim(String text, int from) {
        int start = from;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
