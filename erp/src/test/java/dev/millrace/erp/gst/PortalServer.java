package dev.millrace.erp.gst;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.engine.Json;
import dev.millrace.erp.gst.IrpClient.Ack;
import dev.millrace.erp.gst.IrpClient.Away;
import dev.millrace.erp.gst.IrpClient.Cancelled;
import dev.millrace.erp.gst.IrpClient.Duplicate;
import dev.millrace.erp.gst.IrpClient.Found;
import dev.millrace.erp.gst.IrpClient.Refused;
import dev.millrace.erp.gst.IrpClient.Registered;
import dev.millrace.erp.gst.IrpClient.Seller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ObjectNode;

/** The sandbox behind the wire format of the real portal. */
final class PortalServer implements AutoCloseable {
    private final IrpSandbox sandbox;
    private final UUID tenant;
    private final HttpServer server;
    private final AtomicInteger signIns = new AtomicInteger();
    private final AtomicInteger oldest = new AtomicInteger(1);
    private final Queue<Canned> canned = new ConcurrentLinkedQueue<>();

    private record Canned(int status, String body) {}

    PortalServer(IrpSandbox sandbox, UUID tenant) throws IOException {
        this.sandbox = sandbox;
        this.tenant = tenant;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    int signIns() {
        return signIns.get();
    }

    void endTokens() {
        oldest.set(signIns.get() + 1);
    }

    void answerNext(int status, String body) {
        canned.add(new Canned(status, body));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Canned answer = Optional.ofNullable(canned.poll()).orElseGet(() -> answer(exchange));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Canned answer(HttpExchange exchange) {
        try {
            String path = exchange.getRequestURI().getPath();
            String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (path.equals("/eivital/v1.04/auth")) {
                return new Canned(200, Json.write(signIn(Json.readObject(text))));
            }
            if (!isKnown(header(exchange, "AuthToken"))) {
                return new Canned(200, Json.write(error("1005", "Invalid Token")));
            }
            var seller = new Seller(tenant, header(exchange, "Gstin"));
            return switch (exchange.getRequestMethod() + " " + path.replaceAll("[0-9a-f]{64}$", "*")) {
                case "POST /eicore/v1.03/Invoice" -> registered(sandbox.register(seller, Json.readObject(text)));
                case "GET /eicore/v1.03/Invoice/irn/*" ->
                    found(sandbox.get(seller, path.substring(path.lastIndexOf('/') + 1)));
                case "POST /eicore/v1.03/Invoice/Cancel" -> cancelled(seller, Json.readObject(text));
                default -> new Canned(404, "");
            };
        } catch (IOException e) {
            return new Canned(500, "");
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    private boolean isKnown(String token) {
        return token.matches("token-[0-9]+") && Integer.parseInt(token.substring(6)) >= oldest.get();
    }

    private ObjectNode signIn(ObjectNode body) {
        if (!body.path("Password").asString("").equals("secret")) {
            return error("1007", "Invalid user or password");
        }
        return good(Json.object().put("AuthToken", "token-" + signIns.incrementAndGet()));
    }

    private static Canned registered(IrpClient.Registration registration) {
        return switch (registration) {
            case Registered registered -> new Canned(200, Json.write(good(ack(registered.ack(), true))));
            case Duplicate duplicate -> {
                ObjectNode envelope = error("2150", "Duplicate IRN");
                envelope.putArray("InfoDtls")
                        .addObject()
                        .put("InfCd", "DUPIRN")
                        .set(
                                "Desc",
                                Json.object()
                                        .put("AckNo", Long.parseLong(duplicate.ackNo()))
                                        .put("AckDt", time(duplicate.ackAt()))
                                        .put("Irn", duplicate.irn()));
                yield new Canned(200, Json.write(envelope));
            }
            case Refused refused -> new Canned(200, Json.write(errors(refused)));
            case Away away -> new Canned(503, "");
        };
    }

    private static Canned found(IrpClient.Lookup lookup) {
        return switch (lookup) {
            // Some portals answer with an object, some with its text.
            case Found found ->
                new Canned(
                        200,
                        Json.write(Json.object()
                                .put("Status", 1)
                                .put("Data", Json.write(ack(found.ack(), found.active())))));
            case Refused refused -> new Canned(200, Json.write(errors(refused)));
            case Away away -> new Canned(503, "");
        };
    }

    private Canned cancelled(Seller seller, ObjectNode body) {
        CancelReason reason = CancelReason.valueOf(
                switch (body.path("CnlRsn").asString("")) {
                    case "1" -> "DUPLICATE";
                    case "2" -> "DATA_ENTRY_MISTAKE";
                    case "3" -> "ORDER_CANCELLED";
                    default -> "OTHER";
                });
        String irn = body.path("Irn").asString("");
        return switch (sandbox.cancel(seller, irn, reason, body.path("CnlRem").asString(""))) {
            case Cancelled cancelled ->
                new Canned(
                        200, Json.write(good(Json.object().put("Irn", irn).put("CancelDate", time(cancelled.at())))));
            case Refused refused -> new Canned(200, Json.write(errors(refused)));
            case Away away -> new Canned(503, "");
        };
    }

    private static ObjectNode ack(Ack ack, boolean active) {
        ObjectNode data = Json.object()
                .put("AckNo", Long.parseLong(ack.ackNo()))
                .put("AckDt", time(ack.ackAt()))
                .put("Irn", ack.irn())
                .put("SignedInvoice", ack.signedInvoice())
                .put("SignedQRCode", ack.signedQr())
                .put("Status", active ? "ACT" : "CNL");
        ack.eWayBillNo()
                .ifPresentOrElse(number -> data.put("EwbNo", Long.parseLong(number)), () -> data.putNull("EwbNo"));
        return data;
    }

    private static String time(Instant at) {
        return IrpClient.TIME.format(at.atZone(IrpClient.INDIA));
    }

    private static ObjectNode good(ObjectNode data) {
        ObjectNode envelope = Json.object().put("Status", 1);
        envelope.set("Data", data);
        return envelope;
    }

    private static ObjectNode errors(Refused refused) {
        ObjectNode envelope = Json.object().put("Status", 0);
        var errors = envelope.putArray("ErrorDetails");
        refused.errors()
                .forEach(error ->
                        errors.addObject().put("ErrorCode", error.code()).put("ErrorMessage", error.message()));
        return envelope;
    }

    private static ObjectNode error(String code, String message) {
        ObjectNode envelope = Json.object().put("Status", 0);
        envelope.putArray("ErrorDetails").addObject().put("ErrorCode", code).put("ErrorMessage", message);
        return envelope;
    }
}
