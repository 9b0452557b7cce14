package io.teleport.plugin.runlog;

import io.teleport.message.MessageType;
import io.teleport.message.Status;
import io.teleport.session.CallObserver;
import io.teleport.session.IncomingMessage;
import io.teleport.session.OutgoingMessage;
import io.teleport.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a line for each call and push, both ways, under the logger {@value #LOGGER}: at INFO, what is slow at WARN. Given to a peer by
 * {@code observer}. The lines are those of Go:
 *
 * <pre>
 * CALL-&gt; ADDR(real:R) COST "METHOD" SEND({…}) RECV({…})     own call, when its reply has been read
 * CALL&lt;- ADDR(real:R) COST "METHOD" RECV({…}) SEND({…})     call served
 * PUSH-&gt; ADDR(real:R) COST "METHOD" SEND({…})
 * PUSH&lt;- ADDR(real:R) COST "METHOD" RECV({…})
 * </pre>
 *
 * ADDR is the other end; R is {@code same}, the address of the original caller, or {@code -} if unknown. COST is {@code (-)}, or a duration and
 * {@code (fast)} or {@code (slow)}. Braces hold {@code "size"}, bytes of the frame or 0; the {@code "status"} of a reply; and as detail {@code "meta"}
 * and {@code "body"}. A call that fails here, or ends with its connection, has no line. A line that is not logged costs next to nothing.
 */
public final class RunLog implements CallObserver {

    /** Name of the logger. */
    public static final String LOGGER = "io.teleport.runlog";

    private static final Logger log = LoggerFactory.getLogger(LOGGER);

    private final RunLogOptions options;

    private final MessageText text;

    public RunLog(RunLogOptions options) {
        this.options = options;
        this.text = new MessageText(options);
    }

    @Override
    public void issued(OutgoingMessage request, @Nullable IncomingMessage reply, Status status, long nanos) {
        if (!isLogged(nanos)) {
            return;
        }
        if (request.type() == MessageType.PUSH) {
            if (status.isOk()) {
                print(
                        "PUSH->",
                        request.session(),
                        "-",
                        request.serviceMethod(),
                        nanos,
                        "SEND",
                        text.of(request),
                        "",
                        "");
            }
        } else if (reply != null) {
            print(
                    "CALL->",
                    request.session(),
                    real(reply),
                    request.serviceMethod(),
                    nanos,
                    "SEND",
                    text.of(request),
                    "RECV",
                    text.of(reply));
        }
    }

    @Override
    public void handled(
            IncomingMessage request, @Nullable OutgoingMessage reply, String route, Status status, long nanos) {
        if (!isLogged(nanos)) {
            return;
        }
        boolean push = request.type() == MessageType.PUSH;
        print(
                push ? "PUSH<-" : "CALL<-",
                request.session(),
                real(request),
                request.serviceMethod(),
                nanos,
                "RECV",
                text.of(request),
                push ? "" : "SEND",
                push ? "" : reply == null ? text.ofBare(status) : text.of(reply));
    }

    private boolean isSlow(long nanos) {
        return options.countTime()
                && !options.slowThreshold().isZero()
                && nanos >= options.slowThreshold().toNanos();
    }

    private boolean isLogged(long nanos) {
        return isSlow(nanos) ? log.isWarnEnabled() : log.isInfoEnabled();
    }

    private static String real(IncomingMessage message) {
        String real = message.realIp();
        return real.isEmpty() ? "-" : real.equals(message.session().remoteAddress()) ? "same" : real;
    }

    private void print(
            String direction,
            Session session,
            String real,
            String method,
            long nanos,
            String first,
            String firstMessage,
            String second,
            String secondMessage) {
        StringBuilder line = new StringBuilder(160)
                .append(direction)
                .append(' ')
                .append(session.remoteAddress())
                .append("(real:")
                .append(SafeText.of(real))
                .append(") ")
                .append(cost(nanos))
                .append(" \"")
                .append(SafeText.of(method))
                .append("\" ")
                .append(first)
                .append('(')
                .append(firstMessage)
                .append(')');
        if (!second.isEmpty()) {
            line.append(' ').append(second).append('(').append(secondMessage).append(')');
        }
        if (isSlow(nanos)) {
            log.warn("{}", line);
        } else {
            log.info("{}", line);
        }
    }

    private String cost(long nanos) {
        if (!options.countTime()) {
            return "(-)";
        }
        return GoDuration.of(nanos) + (isSlow(nanos) ? "(slow)" : "(fast)");
    }
}
