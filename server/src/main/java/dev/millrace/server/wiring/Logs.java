package dev.millrace.server.wiring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.millrace.server.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Where log lines go: all of them into {@code logs/millrace.log} of the home folder, warnings to standard error too.
 * Standard output belongs to what a command answers.
 */
public final class Logs {
    private static final String PATTERN =
            "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\",UTC} %-5level %logger{36} [%X{trace_id}] %msg%n";
    private static final String CONSOLE = "%-5level %msg%n%ex{3}";

    /** Files of 10 MB, five of them: what it takes to look back some days. */
    private static final FileSize FILE_MOST = new FileSize(10 * FileSize.MB_COEFFICIENT);

    private static final int FILES_MOST = 5;

    /** Say at INFO what nobody looks for. */
    private static final List<String> CHATTY =
            List.of("org.springframework", "org.apache", "org.flywaydb", "com.zaxxer");

    private Logs() {}

    /** Before anything is logged. Spring Boot is kept from setting logging up anew. */
    public static void begin(Path home) {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Path folder = home.resolve("logs");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StartRefused("Cannot make the folder " + folder + " (" + e.getMessage()
                    + "): set MILLRACE_HOME to a folder that can be written to.");
        }
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(console(context));
        root.addAppender(file(context, folder));
        CHATTY.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
        // It warns that the documentation is public, which it is meant to be.
        context.getLogger("org.springdoc").setLevel(Level.ERROR);
        // It warns at each start that migrations may come out of order, which is meant: see Schema.
        context.getLogger("org.flywaydb.core.internal.command.DbMigrate").setLevel(Level.ERROR);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setTarget("System.err");
        var warnings = new ThresholdFilter();
        warnings.setLevel("WARN");
        warnings.start();
        console.addFilter(warnings);
        return started(console, context, CONSOLE);
    }

    private static RollingFileAppender<ILoggingEvent> file(LoggerContext context, Path folder) {
        var file = new RollingFileAppender<ILoggingEvent>();
        file.setContext(context);
        file.setFile(folder.resolve("millrace.log").toString());
        var window = new FixedWindowRollingPolicy();
        window.setContext(context);
        window.setParent(file);
        window.setFileNamePattern(folder.resolve("millrace.%i.log").toString());
        window.setMaxIndex(FILES_MOST);
        window.start();
        var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        size.setContext(context);
        size.setMaxFileSize(FILE_MOST);
        size.start();
        file.setRollingPolicy(window);
        file.setTriggeringPolicy(size);
        return started(file, context, PATTERN);
    }

    private static <T extends OutputStreamAppender<ILoggingEvent>> T started(
            T appender, LoggerContext context, String pattern) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
