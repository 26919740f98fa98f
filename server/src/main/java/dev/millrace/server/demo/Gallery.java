package dev.millrace.server.demo;

import dev.millrace.engine.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Takes templates from the gallery and switches them on, as an administrator does. */
final class Gallery {
    /** The processes that the demo plays. */
    static final List<String> PLAYED = List.of(
            "purchase-order-approval",
            "three-way-invoice-matching",
            "payment-run-approval",
            "low-stock-reorder-alert",
            "e-invoice-on-sales-invoice");

    private final Caller admin;

    Gallery(Caller admin) {
        this.admin = admin;
    }

    /** Nothing happens to those that are there and switched on. */
    void switchOn() {
        PLAYED.forEach(this::switchOn);
    }

    private void switchOn(String name) {
        JsonNode saved = admin.expect(
                "take the template " + name,
                admin.post("/workflows", Json.object().put("yaml", yaml(name)).put("enabled", true)));
        if (!saved.path("enabled").asBoolean()) {
            admin.expect(
                    "switch on " + name,
                    admin.patch(
                            "/workflows/" + saved.path("id").asString() + "/toggle",
                            Json.object().put("enabled", true)));
        }
    }

    private static String yaml(String name) {
        try (InputStream in =
                Objects.requireNonNull(Gallery.class.getResourceAsStream("/templates/" + name + ".yaml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
