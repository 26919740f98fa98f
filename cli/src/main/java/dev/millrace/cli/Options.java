package dev.millrace.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command was asked.
 *
 * @param files at least one; {@code -} for standard input, at most once
 * @param against what to check against
 * @param strict warnings count as errors
 * @param json for programs
 */
record Options(List<String> files, Against against, boolean strict, boolean json) {
    Options {
        files = List.copyOf(files);
    }

    /** What the files are checked against. */
    sealed interface Against {
        /** The catalogue that Millrace ships. */
        record Shipped() implements Against {}

        record CatalogueAt(String file) implements Against {}

        /** @param url without a slash at its end */
        record Server(String url, String token) implements Against {}
    }

    /** @throws WrongUsage saying what was expected */
    static Options read(List<String> arguments, Map<String, String> environment) {
        var files = new ArrayList<String>();
        Optional<String> server = Optional.empty();
        Optional<String> catalogue = Optional.empty();
        boolean strict = false;
        boolean json = false;
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String argument = rest.removeFirst();
            switch (argument) {
                case "--server" -> server = Optional.of(value(argument, rest));
                case "--catalogue" -> catalogue = Optional.of(value(argument, rest));
                case "--strict" -> strict = true;
                case "--json" -> json = true;
                case "--" -> {
                    files.addAll(rest);
                    rest.clear();
                }
                default -> files.add(file(argument));
            }
        }
        return new Options(checked(files), against(server, catalogue, environment), strict, json);
    }

    static String value(String option, Deque<String> rest) {
        if (rest.isEmpty() || rest.getFirst().startsWith("--")) {
            throw new WrongUsage("expected a value after " + option + ".");
        }
        return rest.removeFirst();
    }

    private static String file(String argument) {
        if (argument.startsWith("-") && !argument.equals("-")) {
            throw new WrongUsage("there is no option '" + argument + "'.");
        }
        return argument;
    }

    private static List<String> checked(List<String> files) {
        if (files.isEmpty()) {
            throw new WrongUsage("expected the name of a file.");
        }
        if (files.stream().filter("-"::equals).count() > 1) {
            throw new WrongUsage("standard input (-) can be read once only.");
        }
        return files;
    }

    /** What is said on the command line counts more than the environment. */
    private static Against against(
            Optional<String> server, Optional<String> catalogue, Map<String, String> environment) {
        if (server.isPresent() && catalogue.isPresent()) {
            throw new WrongUsage("expected --server or --catalogue but got both: a server has a catalogue of its own.");
        }
        Optional<String> named = catalogue.isPresent() ? Optional.empty() : server.or(() -> setting(environment));
        return named.<Against>map(url -> new Against.Server(url(url), token(environment)))
                .or(() -> catalogue.map(Against.CatalogueAt::new))
                .orElseGet(Against.Shipped::new);
    }

    /** For commands that need one. */
    static Against.Server server(Optional<String> named, Map<String, String> environment) {
        String url = named.or(() -> setting(environment))
                .orElseThrow(() -> new WrongUsage("expected --server URL, or MILLRACE_SERVER."));
        return new Against.Server(url(url), token(environment));
    }

    private static Optional<String> setting(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("MILLRACE_SERVER")).filter(url -> !url.isBlank());
    }

    private static String url(String text) {
        try {
            var url = new URI(text.strip());
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null && url.getQuery() == null && url.getFragment() == null) {
                return url.toString().replaceAll("/+$", "");
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new WrongUsage(
                "expected the address of a server, such as http://localhost:8080, but got '" + text + "'.");
    }

    private static String token(Map<String, String> environment) {
        String token = environment.getOrDefault("MILLRACE_TOKEN", "").strip();
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new WrongUsage("a server needs to know who asks: set MILLRACE_TOKEN to the access_token that"
                    + " POST /api/v1/auth/login gives.");
        }
        return token;
    }
}
