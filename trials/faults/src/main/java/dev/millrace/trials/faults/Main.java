package dev.millrace.trials.faults;

import dev.millrace.testkit.LoneServer;
import dev.millrace.trials.faults.Report.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code ./millrace trials --profile NAME --minutes N [--seed S] [--scale F]}: runs a class of faults for long, or all in
 * turn, each round F times as large as that of the build.
 */
public final class Main {
    private static final int NOT_SO = 1;
    private static final int WRONG_USAGE = 2;

    private Main() {}

    private record Wanted(List<Profile> profiles, Duration time, long seed, double scale) {}

    public static void main(String[] arguments) throws InterruptedException {
        Optional<Wanted> wanted = parse(arguments);
        if (wanted.isEmpty()) {
            System.err.println(
                    """
                    millrace: expected trials --profile NAME|all --minutes N [--seed S] [--scale F], where NAME is one of\s""" + Arrays.stream(Profile.values()).map(Profile::title).collect(Collectors.joining(", ")));
            System.exit(WRONG_USAGE);
        }
        System.exit(run(wanted.orElseThrow()) ? 0 : NOT_SO);
    }

    /** Rounds of the build's size with a seed of their own each, until the time is over. */
    private static boolean run(Wanted wanted) throws InterruptedException {
        Path folder = Path.of("target", "trials");
        Instant end = Instant.now().plus(wanted.time());
        boolean good = true;
        try (LoneServer server = TrialDatabase.startServer(folder)) {
            long seed = wanted.seed();
            while (good && Instant.now().isBefore(end)) {
                for (Profile profile : wanted.profiles()) {
                    Report report = Trial.run(
                            Trial.Plan.of(profile, seed).sized(profile.size().times(wanted.scale())),
                            server,
                            folder.resolve(profile.title() + "-" + seed));
                    System.out.println(report.text());
                    good &= report.verdict() == Verdict.PASSED;
                }
                seed++;
            }
            if (!good) {
                System.out.println(
                        "Kept for you: the database in " + server.kept() + ", reports and logs in " + folder);
            }
        }
        return good;
    }

    private static Optional<Wanted> parse(String[] arguments) {
        List<Profile> profiles = List.of();
        long minutes = 0;
        long seed = System.currentTimeMillis();
        double scale = 1;
        try {
            for (int i = 0; i < arguments.length; i += 2) {
                String value = i + 1 < arguments.length ? arguments[i + 1] : "";
                switch (arguments[i]) {
                    case "--profile" ->
                        profiles = value.equals("all")
                                ? List.of(Profile.values())
                                : Profile.named(value).stream().toList();
                    case "--minutes" -> minutes = Long.parseLong(value);
                    case "--seed" -> seed = Long.parseLong(value);
                    case "--scale" -> scale = Double.parseDouble(value);
                    default -> {
                        return Optional.empty();
                    }
                }
            }
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        return profiles.isEmpty() || minutes <= 0 || scale <= 0
                ? Optional.empty()
                : Optional.of(new Wanted(profiles, Duration.ofMinutes(minutes), seed, scale));
    }
}
