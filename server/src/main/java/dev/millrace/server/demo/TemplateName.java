package dev.millrace.server.demo;

import dev.millrace.engine.Schema;
import dev.millrace.erp.demo.DemoCompanies;
import dev.millrace.language.Definition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/** The name of the template database: another one as soon as a migration, a seed or the code that seeds changes. */
final class TemplateName {
    private static final String PREFIX = "demo_template_";

    private TemplateName() {}

    static String ofClassPath() {
        var parts = new TreeMap<String, Long>();
        for (Class<?> type : List.of(Schema.class, DemoCompanies.class, Definition.class, DemoDatabase.class)) {
            read(home(type), parts);
        }
        var hash = new CRC32();
        parts.forEach((name, crc) -> hash.update((name + ' ' + crc + '\n').getBytes(StandardCharsets.UTF_8)));
        return PREFIX + Long.toHexString(hash.getValue());
    }

    private static void read(Path module, Map<String, Long> parts) {
        try {
            if (Files.isDirectory(module)) {
                readFolder(module, parts);
            } else {
                readJar(module, parts);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + module, e);
        }
    }

    /** What is in it counts, not when it was packed: a build of the same sources gives the same name. */
    private static void readJar(Path jar, Map<String, Long> parts) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            zip.stream()
                    .filter(entry -> !entry.isDirectory() && !entry.getName().startsWith("META-INF/"))
                    .forEach(entry -> parts.put(entry.getName(), entry.getCrc()));
        }
    }

    private static void readFolder(Path folder, Map<String, Long> parts) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                var crc = new CRC32();
                crc.update(Files.readAllBytes(file));
                parts.put(folder.relativize(file).toString(), crc.getValue());
            }
        }
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of " + type + " is no URI", e);
        }
    }
}
