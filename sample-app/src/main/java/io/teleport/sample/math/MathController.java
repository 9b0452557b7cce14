package io.teleport.sample.math;

import io.teleport.boot.handler.CallMapping;
import io.teleport.boot.handler.Meta;
import io.teleport.boot.handler.TeleportController;
import io.teleport.message.LogText;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;

@TeleportController(
        value = "math",
        peers = {"service", "browser"})
@Profile("!fleet")
class MathController {

    /** The sample's own status code for a division by zero. */
    static final int DIVISION_BY_ZERO = 1001;

    /** Beyond 2^53 a double no longer tells neighbouring integers apart. */
    private static final double LARGEST_EXACT = 0x1p53;

    private static final Logger log = LoggerFactory.getLogger(MathController.class);

    @CallMapping
    int add(int[] numbers, @Meta(value = "author", required = false) @Nullable String author) {
        if (author != null) {
            log.info("author {} adds {} numbers", LogText.of(author), numbers.length);
        }
        int sum = 0;
        for (int number : numbers) {
            try {
                sum = Math.addExact(sum, number);
            } catch (ArithmeticException e) {
                throw new StatusException(StatusCode.BAD_MESSAGE, "Bad Message", "the sum does not fit 32 bits");
            }
        }
        return sum;
    }

    @CallMapping
    Number divide(Division division) {
        if (division.b() == 0) {
            throw new StatusException(DIVISION_BY_ZERO, "Division By Zero", "b is 0");
        }
        double quotient = division.a() / division.b();
        // A whole quotient goes out without a fraction, so that a peer that expects an integer can read it, too.
        return quotient == Math.rint(quotient) && Math.abs(quotient) <= LARGEST_EXACT
                ? (Number) (long) quotient
                : quotient;
    }
}
