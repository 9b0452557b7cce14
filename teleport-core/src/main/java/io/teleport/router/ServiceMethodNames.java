package io.teleport.router;

import java.util.ArrayList;
import java.util.List;

/** The two naming rules behind {@link ServiceMethodMapper}. */
final class ServiceMethodNames {

    private ServiceMethodNames() {}

    static String http(String prefix, String name) {
        return cleanPath(prefix + '/' + snakeCase(separate(name, '/')));
    }

    static String rpc(String prefix, String name) {
        String dotted = prefix + '.' + separate(name, '.');
        int start = 0;
        int end = dotted.length();
        while (start < end && dotted.charAt(start) == '.') {
            start++;
        }
        while (end > start && dotted.charAt(end - 1) == '.') {
            end--;
        }
        return dotted.substring(start, end);
    }

    /** Turns each run of underscores into nothing, a separator or one underscore. */
    private static String separate(String name, char separator) {
        StringBuilder separated = new StringBuilder(name.length());
        int i = 0;
        while (i < name.length()) {
            int start = i;
            while (i < name.length() && name.charAt(i) == '_') {
                i++;
            }
            if (i > start && start > 0) {
                boolean single = i - start == 1;
                boolean atEnd = i == name.length();
                separated.append(single && !atEnd ? separator : '_');
            }
            if (i < name.length()) {
                separated.append(name.charAt(i++));
            }
        }
        return separated.toString();
    }

    /** Lower-cases a path; a Latin capital after anything but a capital starts a new word. */
    private static String snakeCase(String path) {
        StringBuilder snake = new StringBuilder(path.length() + 8);
        boolean wordRuns = false;
        for (int i = 0; i < path.length(); ) {
            int c = path.codePointAt(i);
            if (c == '_') {
                appendUnderscore(snake);
            } else if (c < 'A' || c > 'Z') {
                wordRuns = true;
            } else if (wordRuns) {
                appendUnderscore(snake);
                wordRuns = false;
            }
            if (c != '_') {
                // By character, since Go knows no special casing by context or locale.
                snake.appendCodePoint(Character.toLowerCase(c));
            }
            i += Character.charCount(c);
        }
        return snake.toString();
    }

    /** Appends an underscore unless one, or a separator, is there already. */
    private static void appendUnderscore(StringBuilder snake) {
        int end = snake.length();
        if (end == 0 || (snake.charAt(end - 1) != '_' && snake.charAt(end - 1) != '/')) {
            snake.append('_');
        }
    }

    private static String cleanPath(String path) {
        List<String> elements = new ArrayList<>();
        for (String element : path.split("/", -1)) {
            switch (element) {
                case "", "." -> {}
                case ".." -> {
                    if (!elements.isEmpty()) {
                        elements.remove(elements.size() - 1);
                    }
                }
                default -> elements.add(element);
            }
        }
        return '/' + String.join("/", elements);
    }
}
