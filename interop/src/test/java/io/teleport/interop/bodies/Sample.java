package io.teleport.interop.bodies;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is sent, as {@code go-peer/README.md} has it under the same name. */
public record Sample(String text, int number, List<Integer> list) {

    /** What the routes {@code change} answer. */
    public Sample changed() {
        int sum = list.stream().mapToInt(Integer::intValue).sum();
        return new Sample(text + "!", number + sum, list);
    }

    Sample reversed() {
        List<Integer> backwards = new ArrayList<>(list);
        Collections.reverse(backwards);
        return new Sample(text, number, backwards);
    }
}
