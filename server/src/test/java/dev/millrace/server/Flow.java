package dev.millrace.server;

import static org.awaitility.Awaitility.await;

import dev.millrace.server.Api.Answer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** What tests do again and again: raise an order, wait for its request, save a definition of a new name. */
public final class Flow {
    public static final String REQUESTER = "requester@acme.test";
    public static final String FINANCE_HEAD = "finance.head@acme.test";
    public static final String CFO = "cfo@acme.test";
    public static final String ADMIN = "admin@acme.test";
    public static final String PROCESS_OWNER = "process.owner@acme.test";
    public static final String AUDITOR = "auditor@acme.test";

    private static final AtomicInteger NAMES = new AtomicInteger();

    private Flow() {}

    /** A large order, and the execution that it started. */
    public record Raised(String order, String execution) {}

    /** An order above five lakh, which the Finance Head must approve. */
    public static Raised raiseLargeOrder(String email) {
        Answer order = Api.as(email).post("/purchase-orders", """
                        {"supplier_code": "S0001",
                         "lines": [{"item_code": "CEM-PPC-50", "quantity": "3000", "unit_price": "367.40"}]}""").expect(201);
        return new Raised(order.at("/id"), order.at("/routing/executions/0"));
    }

    /** The request that the execution waits for now, at the level. */
    public static String requestOf(String execution, String role) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            Answer answer = Api.as(ADMIN).get("/workflows/executions/" + execution);
                            return answer.at("/waiting_for/0/role").equals(role)
                                    ? answer.at("/waiting_for/0/approval_id")
                                    : "";
                        },
                        id -> !id.isEmpty());
    }

    public static Answer awaitOver(String execution) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> Api.as(ADMIN).get("/workflows/executions/" + execution),
                        answer -> !answer.at("/outcome").isEmpty());
    }

    /** Repeats a call that the server could not take because its database was away. */
    public static Answer untilAvailable(Callable<Answer> call) {
        return await().atMost(Duration.ofSeconds(30)).until(call, answer -> answer.status() != 503);
    }

    public static String newName() {
        return "trial-" + NAMES.incrementAndGet();
    }

    /** A definition that is started by hand and ends at once. */
    public static String manual(String name) {
        return """
                workflow:
                  name: %s
                  trigger: { manual: true }
                  steps:
                    - id: keep
                      action: core.set
                      config: { values: { rate: 1.10 } }
                """.formatted(name);
    }

    /** A JSON body with the text. */
    public static String json(String yaml, String more) {
        return "{\"yaml\": " + new tools.jackson.databind.json.JsonMapper().writeValueAsString(yaml) + more + "}";
    }
}
