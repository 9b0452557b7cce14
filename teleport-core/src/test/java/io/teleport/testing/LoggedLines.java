package io.teleport.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What one logger says while this is open, from INFO up unless another level is named. */
public final class LoggedLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger logger;

    private final Level before;

    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    private LoggedLines(Logger logger) {
        this.logger = logger;
        this.before = logger.getLevel();
    }

    /** Begins to listen to the logger of a class or package. */
    public static LoggedLines of(String loggerName) {
        return of(loggerName, Level.INFO);
    }

    /** As {@link #of(String)}, from another level up. */
    public static LoggedLines of(String loggerName, Level level) {
        LoggedLines lines = new LoggedLines((Logger) LoggerFactory.getLogger(loggerName));
        lines.logger.setLevel(level);
        lines.start();
        lines.logger.addAppender(lines);
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }

    /** Level and text of each, and the kind of the exception behind it where there is one. */
    public List<String> lines() {
        return events.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : " " + event.getThrowableProxy().getClassName()))
                .toList();
    }

    /** The same with everything that is behind an exception: its text, its stack and its causes. */
    public List<String> linesWithStacks() {
        return events.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(before);
        stop();
    }
}
