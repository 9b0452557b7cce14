package io.teleport.message;

import java.util.List;

/** The pairs of a list of key, value, key, value, … */
final class ListPairs extends Pairs {

    private final List<String> list;

    private int at = -2;

    ListPairs(List<String> list) {
        this.list = list;
    }

    @Override
    boolean next() {
        at += 2;
        return at < list.size();
    }

    @Override
    String key() {
        return list.get(at);
    }

    @Override
    String value() {
        return list.get(at + 1);
    }

    @Override
    boolean keyIs(String key) {
        return key().equals(key);
    }
}
