package io.teleport.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes once through pairs of a key and a value, one after another. Key and value of a pair can be asked for once it has been gone to. */
abstract class Pairs {

    /** Goes to the next pair; false if there is none. */
    abstract boolean next();

    abstract String key();

    abstract String value();

    abstract boolean keyIs(String key);

    /** Goes to the next pair of this key; false if there is none. */
    final boolean next(String key) {
        while (next()) {
            if (keyIs(key)) {
                return true;
            }
        }
        return false;
    }

    /** Goes to the next pair of this key and gives its value; null if there is none. */
    final @Nullable String nextValue(String key) {
        return next(key) ? value() : null;
    }

    /** Gives key, value, key, value, … of the pairs that are left. */
    final List<String> toList() {
        List<String> list = new ArrayList<>(8);
        while (next()) {
            list.add(key());
            list.add(value());
        }
        return list;
    }
}
