package io.teleport.codec.xml;

/** Which characters XML 1.0 can carry at all. */
final class XmlCharacters {

    private XmlCharacters() {}

    /** Whether the code point may be in a document; a lone surrogate may not. */
    static boolean isAllowed(int codePoint) {
        return codePoint == '\t'
                || codePoint == '\n'
                || codePoint == '\r'
                || (codePoint >= 0x20 && codePoint <= 0xD7FF)
                || (codePoint >= 0xE000 && codePoint <= 0xFFFD)
                || codePoint >= 0x10000;
    }

    static boolean areAllowed(String text) {
        return text.codePoints().allMatch(XmlCharacters::isAllowed);
    }
}
