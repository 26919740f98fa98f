package dev.millrace.server;

import dev.millrace.engine.ChainHead;
import dev.millrace.engine.Engine;
import dev.millrace.engine.Json;
import dev.millrace.engine.journal.ChainVerifier.Verified;
import dev.millrace.server.audit.SignedHeads;
import dev.millrace.server.security.SigningKey;
import dev.millrace.server.wiring.Database;
import dev.millrace.server.wiring.Node;
import dev.millrace.server.wiring.Pools;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;

/**
 * {@code ./millrace audit verify} and {@code heads} on the database itself, every company at once; nothing else of the
 * server runs. For one company over the API see the client's command of the same name.
 */
public final class AuditCommand {
    private static final int DONE = 0;
    private static final int BROKEN = 1;
    private static final int WRONG_USAGE = 2;
    private static final int OUT_OF_REACH = 3;

    static final String USAGE = """
            Usage: millrace audit verify [--heads FILE]   recompute every company's chain, also against heads kept elsewhere
                   millrace audit heads [--out FILE]      write the signed heads of every company's chain
            Works on the database: stop the server first if it is the built-in one, or ask the server with
            --server URL (token in MILLRACE_TOKEN), which answers for one company.""";

    private final Settings settings;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    public AuditCommand(Settings settings, Clock clock, PrintStream out, PrintStream err) {
        this.settings = settings;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /** @return the status that the process ends with */
    public int run(List<String> arguments) {
        return switch (arguments.size()) {
            case 1 -> known(arguments.getFirst(), Optional.empty());
            case 3 -> {
                String option = arguments.getFirst().equals("verify") ? "--heads" : "--out";
                yield arguments.get(1).equals(option)
                        ? known(arguments.getFirst(), Optional.of(Path.of(arguments.get(2))))
                        : usage();
            }
            default -> usage();
        };
    }

    private int usage() {
        err.println(USAGE);
        return WRONG_USAGE;
    }

    private int known(String command, Optional<Path> file) {
        return switch (command) {
            case "verify" -> verify(file);
            case "heads" -> heads(file);
            default -> usage();
        };
    }

    private interface Work {
        int with(Node node) throws IOException;
    }

    private int onDatabase(Work work) {
        try (Database database = Database.open(settings);
                Pools pools = Pools.open(database);
                Node node = Node.assemble(settings, pools)) {
            return work.with(node);
        } catch (StartRefused | IOException e) {
            err.println(e.getMessage());
            return OUT_OF_REACH;
        }
    }

    private int heads(Optional<Path> file) {
        return onDatabase(node -> {
            var heads = new ArrayList<SignedHeads.Head>();
            for (UUID tenant : node.engine().tenants()) {
                heads.add(node.engine()
                        .run(
                                tenant,
                                tx -> new SignedHeads.Head(
                                        tenant,
                                        name(node, tenant),
                                        node.engine().journal().head(tx))));
            }
            String text = Json.write(SignedHeads.write(SigningKey.ofHeads(settings.home()), clock.instant(), heads));
            if (file.isEmpty()) {
                out.println(text);
                return DONE;
            }
            Files.writeString(file.get(), text + "\n");
            out.println("Wrote the heads of " + heads.size() + " companies to " + file.get()
                    + ": keep it where nobody who owns the database can write.");
            return DONE;
        });
    }

    private int verify(Optional<Path> file) {
        return onDatabase(node -> {
            List<SignedHeads.Head> kept = List.of();
            if (file.isPresent()) {
                switch (read(file.get())) {
                    case SignedHeads.Read.Bad bad -> {
                        err.println(file.get() + ": " + bad.reason());
                        return BROKEN;
                    }
                    case SignedHeads.Read.Good good -> {
                        kept = good.heads();
                        out.println("Heads of " + Json.text(good.at())
                                + (good.own()
                                        ? ", signed by the key of this home."
                                        : ", SIGNED BY ANOTHER KEY than that of this home."));
                    }
                }
            }
            return verify(node, kept);
        });
    }

    private SignedHeads.Read read(Path file) throws IOException {
        try {
            return SignedHeads.read(Json.read(Files.readString(file)), SigningKey.ofHeads(settings.home()));
        } catch (JacksonException e) {
            return new SignedHeads.Read.Bad("It is no JSON.");
        }
    }

    private int verify(Node node, List<SignedHeads.Head> kept) {
        Engine engine = node.engine();
        List<UUID> tenants = new ArrayList<>(engine.tenants());
        kept.stream()
                .map(SignedHeads.Head::tenant)
                .filter(t -> !tenants.contains(t))
                .forEach(tenants::add);
        boolean ok = true;
        for (UUID tenant : tenants) {
            Optional<ChainHead> head = kept.stream()
                    .filter(h -> h.tenant().equals(tenant))
                    .map(SignedHeads.Head::head)
                    .findFirst();
            Verified found = engine.run(
                    tenant,
                    tx -> head.map(h -> engine.journal().verify(tx, h))
                            .orElseGet(() -> engine.journal().verify(tx)));
            ok &= found.ok();
            out.println(line(name(node, tenant), found, head.isPresent()));
        }
        return ok ? DONE : BROKEN;
    }

    private static String line(String company, Verified found, boolean againstHead) {
        return found.firstBroken()
                .map(broken -> company + ": BROKEN at " + broken.seq() + ": " + broken.reason())
                .orElseGet(
                        () -> company + ": the chain holds, " + found.sealed() + " entries sealed, " + found.unsealed()
                                + " on their way" + (againstHead ? ", through the head kept elsewhere" : ""));
    }

    /** A company that is no more has only its id. */
    private static String name(Node node, UUID tenant) {
        return node.erp().members().company(tenant.toString()).isPresent()
                ? node.engine()
                        .run(tenant, tx -> node.erp().directory().tenant(tx).slug())
                : tenant.toString();
    }
}
