package io.teleport.plugin.runlog;

/** Text of the other side on its way into a line: it must not begin a line of its own. */
final class SafeText {

    private SafeText() {}

    static String of(String text) {
        return text.chars().noneMatch(Character::isISOControl)
                ? text
                : text.codePoints()
                        .map(character -> Character.isISOControl(character) ? '\ufffd' : character)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }
}
