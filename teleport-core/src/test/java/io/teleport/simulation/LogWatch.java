package io.teleport.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Notes what is logged because something failed that nobody expected: an exception that Netty or the core had to swallow. While it is there nothing of theirs
 * is printed, since a schedule refuses and cuts off plenty.
 */
final class LogWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private record Watched(Logger logger, Level level, boolean additive) {}

    private final List<Watched> watched = new ArrayList<>();

    private final List<String> found = new ArrayList<>();

    LogWatch() {
        start();
        watch("io.teleport", Level.ERROR);
        watch("io.netty", Level.WARN);
    }

    private void watch(String name, Level level) {
        Logger logger = (Logger) LoggerFactory.getLogger(name);
        watched.add(new Watched(logger, logger.getLevel(), logger.isAdditive()));
        logger.setLevel(level);
        logger.setAdditive(false);
        logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        StringBuilder text = new StringBuilder(event.getLevel() + " " + event.getFormattedMessage());
        if (event.getThrowableProxy() instanceof ThrowableProxy failure) {
            text.append(": ").append(failure.getThrowable());
            for (StackTraceElement at : failure.getThrowable().getStackTrace()) {
                text.append("\n    at ").append(at);
            }
        }
        found.add(text.toString());
    }

    /** What was found since this was asked the last time. */
    List<String> take() {
        List<String> all = List.copyOf(found);
        found.clear();
        return all;
    }

    @Override
    public void close() {
        for (Watched each : watched) {
            each.logger().detachAppender(this);
            each.logger().setLevel(each.level());
            each.logger().setAdditive(each.additive());
        }
        stop();
    }
}
